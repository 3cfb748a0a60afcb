import Foundation

/// A real MPD on a free loopback port, whose music is a directory of the test. It is killed when its object is released.
public final class MPDProcess: Sendable {
    public let port = freeLoopbackPort()
    private let directory: TemporaryDirectory
    private let child: ChildProcess

    /// Whether MPD is installed.
    public static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/mpd") }

    /// Starts it, and returns once it has read its music.
    ///
    /// - Parameters:
    ///   - music: The directory of its music.
    ///   - password: A password without which it answers nothing; nil for none.
    /// - Throws: When it cannot be started.
    public init(music: TemporaryDirectory, password: String? = nil) async throws {
        directory = try TemporaryDirectory()
        var lines = [
            "music_directory \"\(music.path(""))\"", "db_file \"\(directory.path("db"))\"",
            "bind_to_address \"127.0.0.1\"", "port \"\(port)\"", "log_level \"verbose\"", "zeroconf_enabled \"no\"",
            "audio_output {\n type \"null\"\n name \"none\"\n}",
        ]
        if let password {
            lines += ["password \"\(password)@read,add,control,admin\"", "default_permissions \"\""]
        }
        let file = try directory.write(lines.joined(separator: "\n") + "\n", to: "mpd.conf")
        child = try ChildProcess("mpd", ["--no-daemon", "--stderr", file])
        await finishUpdate()
    }

    /// Waits until it has read its music again.
    public func finishUpdate() async { _ = await child.errorLine { $0.hasSuffix("update: finished") } }
}
