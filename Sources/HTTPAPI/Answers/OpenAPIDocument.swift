import Foundation
import Household
import Hummingbird

/// The description of this door, shipped beside the program.
enum OpenAPIDocument {
    private static let file = "haunt_HTTPAPI.resources/openapi.json"

    /// The document; nil when the program was installed without it.
    static let data: Data? = {
        let places = [Bundle.main.bundleURL, Bundle.main.bundleURL.appending(path: "../share/haunt")]
        return places.lazy.compactMap { try? Data(contentsOf: $0.appending(path: file)) }.first
    }()

    /// What `/openapi.json` says.
    static func answer() throws -> HTTPAnswer {
        guard let data else { throw HouseholdError(.unavailable, "The document was not installed: \(file)") }
        return HTTPAnswer(.ok, data, type: "application/json")
    }
}
