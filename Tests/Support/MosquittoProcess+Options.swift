extension MosquittoProcess {
    /// What a broker is to be like; open to everybody on the loopback address otherwise.
    public struct Options: Sendable {
        /// Whether retained messages survive a clean stop.
        public var isPersistent = false
        /// Passwords by user name; when there are any, nobody else is let in.
        public var users: [String: String] = [:]
        /// Whether it speaks TLS, with certificates made for it.
        public var usesTLS = false
        /// Whether it wants a certificate from its clients.
        public var wantsClientCertificates = false
        /// Lines of an access list; when there are any, all else is forbidden.
        public var accessList: [String] = []
        /// Further lines of its configuration.
        public var extraLines: [String] = []

        /// Creates the defaults.
        public init() {}
    }
}
