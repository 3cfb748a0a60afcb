extension MosquittoProcess {
    /// Certificates of a broker and its clients, made for one test.
    public struct Certificates: Sendable {
        /// The authority that vouches for the broker and for clients.
        public let caFile: String
        /// An authority that vouches for nobody here.
        public let strangerCAFile: String
        /// The broker's, for `localhost` and the loopback addresses.
        public let serverFile: String
        /// The key of the broker's.
        public let serverKeyFile: String
        /// A client's.
        public let clientFile: String
        /// The key of the client's.
        public let clientKeyFile: String

        /// Names the files; `make()` makes them.
        init(in directory: TemporaryDirectory) {
            caFile = directory.path("ca.crt")
            strangerCAFile = directory.path("stranger.crt")
            serverFile = directory.path("server.crt")
            serverKeyFile = directory.path("server.key")
            clientFile = directory.path("client.crt")
            clientKeyFile = directory.path("client.key")
        }

        func make(in directory: TemporaryDirectory) async throws {
            let caKeyFile = directory.path("ca.key")
            let authority = ["-CA", caFile, "-CAkey", caKeyFile]
            let names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"]
            try await request("Haunt tests", caFile, caKeyFile, [])
            try await request("Strangers", strangerCAFile, directory.path("stranger.key"), [])
            try await request("localhost", serverFile, serverKeyFile, authority + names)
            try await request("client", clientFile, clientKeyFile, authority)
        }

        private func request(_ name: String, _ file: String, _ keyFile: String, _ more: [String]) async throws {
            let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", keyFile]
            let arguments = ["req", "-x509", "-days", "2", "-subj", "/CN=\(name)", "-out", file] + key + more
            let outcome = try await ChildProcess.run("openssl", arguments)
            guard outcome.status == 0 else { throw MosquittoProcess.Failure(lines: outcome.errors) }
        }
    }
}
