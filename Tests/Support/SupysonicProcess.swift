import Foundation

/// A real Subsonic server on a free loopback port, whose music is a directory of the test. It is killed when its object
/// is released.
public final class SupysonicProcess: Sendable {
    public let port = freeLoopbackPort()
    public let user = "haunt"
    public let password = "a secret"
    private let directory: TemporaryDirectory
    private let child: ChildProcess

    /// Whether supysonic and a server for it are installed.
    public static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/supysonic-cli")
            && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/waitress")
    }

    /// The server says when it listens; its own program does not.
    private static let program = """
        import sys
        from supysonic.web import create_application
        from waitress.server import create_server
        server = create_server(create_application(), host="127.0.0.1", port=int(sys.argv[1]))
        print("listening", flush=True)
        server.run()
        """

    /// Reads the music, and starts it.
    ///
    /// - Throws: When it cannot be started.
    public init(music: TemporaryDirectory) async throws {
        directory = try TemporaryDirectory()
        let configuration = [
            "[base]", "database_uri = sqlite:///\(directory.path("db"))", "[webapp]",
            "cache_dir = \(directory.path(""))",
            "[daemon]", "socket = \(directory.path("socket"))",
        ]
        try directory.write(configuration.joined(separator: "\n") + "\n", to: ".supysonic")
        let home = ["HOME": directory.path("")]
        for command in [
            ["user", "add", user, "-p", password], ["folder", "add", "music", music.path("")],
            ["folder", "scan", "music", "-f"],
        ] { _ = try await ChildProcess.run("/usr/bin/supysonic-cli", command, environment: home) }
        child = try ChildProcess("/usr/bin/python3", ["-c", Self.program, "\(port)"], environment: home)
        _ = await child.outputLine { $0 == "listening" }
    }
}
