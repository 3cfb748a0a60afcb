import Foundation
import HauntTestSupport
import Testing

@testable import haunt

struct DemoCatalogTests {
    @Test("The demo catalog is read from the first folder that has it")
    func findsFallback() throws {
        let (empty, share) = (try TemporaryDirectory(), try TemporaryDirectory())
        let resources = share.url.appending(path: "haunt_haunt.resources")
        try FileManager.default.createDirectory(at: resources, withIntermediateDirectories: true)
        try Data("artist,title\nMiles Davis,So What\n".utf8).write(to: resources.appending(path: "demo-catalog.csv"))
        #expect(try DemoCatalog.rows(in: [empty.url, share.url]).count == 1)
        #expect { try DemoCatalog.rows(in: [empty.url]) } throws: { ($0 as? Failure)?.code == .noInput }
    }
}
