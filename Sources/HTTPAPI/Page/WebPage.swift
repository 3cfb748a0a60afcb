import Foundation
import HTTPTypes
import Household
import Hummingbird
import Wire

/// The web page: files that are installed beside the program. They hold no data of the house.
///
/// All files are in memory, by name. A request cannot name anything else, whatever its path.
struct WebPage: Sendable {
    private struct File: Sendable {
        var bytes: Data
        var type: String
    }

    private static let index = "index.html"
    private static let assets = "assets/"
    /// Media types by the ending of a name. Files with other endings are not served.
    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon",
        "webp": "image/webp", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
        "webmanifest": "application/manifest+json",
    ]

    /// The page that is installed beside the program, read when it is first asked for.
    static let installed = WebPage(ResourceFolder("page", of: "HTTPAPI").files())

    /// A hash of all files. It is a folder in the addresses of the assets, so that browsers can keep them for good.
    let version: String
    private let files: [String: File]

    /// - Parameter files: The files of the page, by their paths.
    init(_ files: [String: Data]) {
        let hash = files.sorted { $0.key < $1.key }.reduce(into: Data()) { $0 += Data($1.key.utf8) + $1.value }
        let version = String(FNV1a.hash(hash), radix: 16)
        self.version = version
        self.files = files.reduce(into: [:]) { files, file in
            guard let type = Self.types[URL(filePath: file.key).pathExtension] else { return }
            files[file.key] = File(bytes: file.value, type: type)
        }
    }

    /// The answer to `/`, in which the addresses of assets carry the version.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when the program was installed without the page.
    func document(ifNoneMatch known: String?) throws(HouseholdError) -> HTTPAnswer {
        guard let file = files[Self.index] else {
            throw HouseholdError(.unavailable, "The page was not installed beside the program")
        }
        let text = String(decoding: file.bytes, as: UTF8.self)
            .replacing("\"\(Self.assets)", with: "\"\(Self.assets)\(version)/")
        return HTTPAnswer(.ok, text.utf8, type: file.type).withEntityTag(ifNoneMatch: known).guarded
    }

    /// The answer to a path below `/assets/`: a file, after the folder of the version or without it.
    ///
    /// - Throws: ``HouseholdError`` `not_found`.
    func asset(_ path: String, ifNoneMatch known: String?) throws(HouseholdError) -> HTTPAnswer {
        let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // A page that was loaded from an earlier version gets the files of this one, and does not keep them.
        let isVersioned = parts.count == 2 && parts[0].allSatisfy(\.isHexDigit)
        guard let file = files[path] ?? (isVersioned ? files[parts[1]] : nil) else {
            throw HouseholdError(.notFound, "The page has no such file")
        }
        var answer = HTTPAnswer(.ok, file.bytes, type: file.type).withEntityTag(ifNoneMatch: known)
        if parts[0] == version { answer.headers[.cacheControl] = "public, max-age=31536000, immutable" }
        return answer.guarded
    }
}

extension HTTPAnswer {
    /// The answer with the rules of what its page may load, and where it may be shown.
    ///
    /// Through ingress it is shown in a frame of Home Assistant's page, which has the same origin.
    fileprivate var guarded: HTTPAnswer {
        var answer = self
        answer.headers[.contentSecurityPolicy] =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
        answer.headers[.xContentTypeOptions] = "nosniff"
        // The address behind ingress holds a secret of the session.
        answer.headers[.referrerPolicy] = "no-referrer"
        return answer
    }
}

extension HTTPField.Name {
    /// Which sites the browser sends the address of the page to.
    fileprivate static let referrerPolicy = HTTPField.Name(parsed: "referrer-policy") ?? .referer
}
