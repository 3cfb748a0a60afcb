extension MosquittoProcess {
    /// Options of a broker. By default it admits every client of the loopback address.
    public struct Options: Sendable {
        /// Whether retained messages survive a clean stop.
        public var isPersistent = false
        /// Passwords by user name. When there are any, anonymous clients are refused.
        public var users: [String: String] = [:]
        /// Whether it uses TLS, with new certificates.
        public var usesTLS = false
        /// Whether it requires a certificate from its clients.
        public var wantsClientCertificates = false
        /// Lines of an access control list. When there are any, everything else is forbidden.
        public var accessList: [String] = []
        /// Further lines of its configuration.
        public var extraLines: [String] = []

        public init() {}
    }
}

extension MosquittoProcess {
    /// The certificates of a broker and its clients, created for one test.
    public struct Certificates: Sendable {
        /// The authority that signed the certificates of the broker and the client.
        public let caFile: String
        /// An authority that signed neither.
        public let strangerCAFile: String
        /// The broker's certificate, for `localhost` and the loopback addresses.
        public let serverFile: String
        public let serverKeyFile: String
        public let clientFile: String
        public let clientKeyFile: String

        /// Names the files, which `make(in:)` creates.
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
