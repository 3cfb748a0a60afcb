import ArgumentParser
import Foundation

/// The command `haunt token …`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes the token that opens the HTTP door.", subcommands: [New.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new token, writes it into its file, and names the file in the configuration.",
            discussion: """
                From the next start of the daemon on, HTTP needs the token. A token that was made before is worth nothing \
                then. With --lan phones and other machines at home can reach Haunt, and the addresses to type are printed.
                """)

        @Flag(help: "Also listen beyond this machine.") var lan = false
        @OptionGroup var options: StoreOptions

        func run() async throws {
            let loaded = options.load(checksSecrets: false)
            let configuration = try loaded.valid()
            guard let file = loaded.file else {
                throw Failure(
                    code: .usage,
                    message: "The token needs a configuration to be named in: write one and give it with --config")
            }
            let change = TokenChange(file: file, http: configuration.http, isForLAN: lan)
            try change.apply(storePath: configuration.store.path)
            try options.show(change.answer) { $0.text }
        }
    }
}

/// A new token with the settings that put it into effect.
private struct TokenChange {
    /// The result with `--json`.
    struct Answer: Encodable {
        var configuration: String
        var tokenFile: String
        var listen: String
        /// Where a browser finds Haunt.
        var addresses: [String]

        var text: String {
            ([
                "The token is the first line of \(tokenFile), which \(configuration) names.",
                "Haunt listens on \(listen).",
            ]
                + addresses.map { "Address: \($0)" }
                + ["It takes effect when the daemon starts anew: sudo systemctl restart haunt"])
                .joined(separator: "\n")
        }
    }

    private let file: String
    private let tokenFile: String
    private let listen: HTTPListener

    init(file: String, http: HauntConfiguration.HTTP, isForLAN: Bool) {
        let path = FilePath.absolute(file, from: FileManager.default.currentDirectoryPath)
        self.file = path
        tokenFile = http.tokenFile ?? FilePath.absolute("token", from: FilePath.folder(of: path))
        guard isForLAN else {
            listen = http.listen
            return
        }
        let port = if case .address(let address) = http.listen { address.port } else { ListenAddress.defaultPort }
        listen = .address(ListenAddress(host: "0.0.0.0", port: port))
    }

    var answer: Answer {
        var addresses: [String] = []
        if case .address(let address) = listen { addresses = address.reachable.map { "http://\($0)/" } }
        return Answer(configuration: file, tokenFile: tokenFile, listen: "\(listen)", addresses: addresses)
    }

    /// Writes the token, then the configuration.
    ///
    /// - Parameter storePath: Path of the store, whose owner must be able to read the token.
    /// - Throws: ``Failure`` when a file cannot be edited or written.
    func apply(storePath: String) throws {
        let edited = try editedConfiguration()
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let token = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        // The daemon must be able to read the token when root makes it: its user owns the folder of the store.
        let owner = FileReplacement.Owner(ofFolder: FilePath.folder(of: storePath))
        try FileReplacement(path: tokenFile, mode: 0o600, owner: owner).write(token.replacing("=", with: "") + "\n")
        try FileReplacement(keeping: file).write(edited)
    }

    private func editedConfiguration() throws -> String {
        var editor = ConfigurationEditor(try String(contentsOfFile: file, encoding: .utf8))
        do {
            try editor.set("token_file", to: tokenFile, in: "http")
            try editor.set("listen", to: "\(listen)", in: "http")
        } catch {
            throw Failure(
                code: .dataError,
                message: "\(file) has 'http' in a form that is not edited here. "
                    + "Write in it: listen: \"\(listen)\", token_file: \(tokenFile)")
        }
        return editor.text
    }
}
