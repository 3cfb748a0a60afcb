import Foundation
import HTTPTypes
import HauntTestSupport
import Household
import Testing
import Wire

@testable import HTTPAPI

@Suite("The web page", .timeLimit(.minutes(15)))
struct PageTests {
    @Test("The page and its assets need no token, may be opened from other sites, and load nothing from elsewhere")
    func access() async throws {
        try await LiveServer.open(token: "secret", isLoopback: false) { server in
            let headers = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Host": "haunt.example"]
            let page = try await server.http.send("GET", "/", headers: headers)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.headers["content-security-policy"]?.contains("default-src 'self'") == true)
            #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'self'") == true)
            #expect(page.headers["x-content-type-options"] == "nosniff")
            let asset = try await server.http.send("GET", "/assets/style.css", headers: headers)
            #expect(asset.status == 200)
            #expect(asset.headers["content-type"] == "text/css; charset=utf-8")
            #expect(try await server.http.send("GET", "/api/profiles", headers: headers).status == 401)
        }
    }

    @Test("Through ingress the page opens from other sites, and the API does not")
    func ingress() async throws {
        try await LiveServer.open(isLoopback: false, peer: "127.0.0.1") { server in
            let headers = ["Sec-Fetch-Site": "cross-site"]
            for (path, status) in [("/", 200), ("/assets/style.css", 200), ("/api/profiles", 400)] {
                let answer = try await server.http.send("GET", path, headers: headers)
                #expect(answer.status == status, "\(path)")
            }
        }
    }

    @Test("All addresses in the page are relative, and those of assets carry the version of the page")
    func relative() async throws {
        try await LiveServer.open { server in
            let page = try await server.http.send("GET", "/")
            #expect(!page.body.contains("\"/") && !page.body.contains("http:") && !page.body.contains("https:"))
            let version = WebPage.installed.version
            #expect(page.body.contains("\"assets/\(version)/style.css\""))
            let kept = try await server.http.send("GET", "/assets/\(version)/style.css")
            #expect(kept.status == 200)
            #expect(kept.headers["cache-control"]?.contains("immutable") == true)
            let older = try await server.http.send("GET", "/assets/0123abcd/style.css")
            #expect(older.status == 200)
            #expect(older.headers["cache-control"] == "no-cache")
        }
    }

    @Test("What is unchanged is not sent again, and HEAD sends no body")
    func caching() async throws {
        try await LiveServer.open { server in
            for path in ["/", "/assets/style.css"] {
                let first = try await server.http.send("GET", path)
                let tag = try #require(first.headers["etag"])
                let again = try await server.http.send("GET", path, headers: ["If-None-Match": tag])
                #expect(again.status == 304)
                #expect(again.body.isEmpty)
                let head = try await server.http.send("HEAD", path)
                #expect(head.status == 200)
                #expect(head.body.isEmpty)
                #expect(head.headers["content-length"] == "\(first.body.utf8.count)")
                #expect(try await server.http.send("POST", path, "{}").status == 405)
            }
        }
    }

    @Test(
        "No path leads out of the page's folder",
        arguments: [
            "../openapi.json", "..%2Fopenapi.json", "%2e%2e/openapi.json", "%2e%2e%2fopenapi.json", "..%5Copenapi.json",
            "/etc/passwd", "%2Fetc%2Fpasswd", "style.css%00", "style.css/", "./style.css", "", "%", "%FF",
            "0a/../index.html",
            "....//openapi.json", "style.css%3Fx", "0123/0123/style.css",
        ])
    func hostile(path: String) async throws {
        try await LiveServer.open { server in
            let answer = try await server.http.send("GET", "/assets/\(path)")
            #expect([400, 404].contains(answer.status), "\(path)")
        }
    }

    @Test("A file whose kind is unknown is not served, and a program without the page says so")
    func missing() throws {
        let page = WebPage(["index.html": Data("<p>".utf8), "x.php": Data(), "views/now.js": Data("1".utf8)])
        let unknown = #expect(throws: HouseholdError.self) { try page.asset("x.php", ifNoneMatch: nil) }
        #expect(unknown?.code == .notFound)
        #expect(try page.asset("views/now.js", ifNoneMatch: nil).status == .ok)
        #expect(try page.asset("\(page.version)/views/now.js", ifNoneMatch: nil).status == .ok)
        let missing = #expect(throws: HouseholdError.self) { try WebPage([:]).document(ifNoneMatch: nil) }
        #expect(missing?.code == .unavailable)
    }
}
