import Household

extension HauntConfiguration {
    /// `http`: the HTTP front door.
    struct HTTP: Equatable, Encodable, Sendable {
        /// Where it listens.
        var listen = ListenAddress(host: "127.0.0.1", port: 8742)
        /// File whose first line is the bearer token; once set, it is wanted on loopback too.
        @ExplicitNull var tokenFile: String?
    }
}

extension HauntConfiguration.HTTP: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("listen", into: &listen)
        reader.readSecretFile("token_file", into: &tokenFile)
        if !listen.isLoopback, !reader.isWritten("token_file") {
            reader.add("\(listen) can be reached from other machines, so http.token_file must be set", key: "listen")
        }
    }
}
