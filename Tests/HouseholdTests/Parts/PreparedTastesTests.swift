import Foundation
import HauntTestSupport
import Taste
import Testing

@testable import Household

@Suite("Tastes kept ready for ranking, alone")
struct PreparedTastesTests {
    private let taste: PreparedTaste

    init() throws {
        var builder = CatalogIndex.Builder()
        builder.add(TrackDescription(id: 1, artist: "A", title: "T", artistGenres: ["jazz"]))
        let play = CountedPlay(trackID: 1, startedAt: Example.noon)
        let prepared = PreparedTaste(.rebuilt(from: [play]), in: builder.build(), now: Example.noon)
        taste = try #require(prepared)
    }

    @Test("A taste is there for its profile and version as long as it fits")
    func keeps() {
        var tastes = PreparedTastes()
        tastes.keep(taste, of: 1, version: 7)
        #expect(tastes.taste(of: 1, version: 7) { _ in true } != nil)
        #expect(tastes.taste(of: 2, version: 7) { _ in true } == nil)
        #expect(tastes.taste(of: 1, version: 8) { _ in true } == nil)
        #expect(tastes.taste(of: 1, version: 7) { _ in true } == nil)
        tastes.keep(taste, of: 1, version: 8)
        #expect(tastes.taste(of: 1, version: 8) { _ in false } == nil)
    }

    @Test("Of five profiles the one that was asked for longest ago is dropped")
    func dropsTheLeastUsed() {
        var tastes = PreparedTastes()
        for number in 1...4 { tastes.keep(taste, of: Profile.ID(Int64(number)), version: 1) }
        _ = tastes.taste(of: 1, version: 1) { _ in true }
        tastes.keep(taste, of: 5, version: 1)
        #expect(tastes.taste(of: 1, version: 1) { _ in true } != nil)
        #expect(tastes.taste(of: 2, version: 1) { _ in true } == nil)
        tastes.forget()
        #expect(tastes.taste(of: 5, version: 1) { _ in true } == nil)
    }
}
