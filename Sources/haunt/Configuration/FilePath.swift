/// Paths of the file system as text.
///
/// `..` stays in a path: it means what the file system says, which differs from the text after a symbolic link.
enum FilePath {
    /// A path without `.` and empty components. A relative one starts from a folder.
    static func absolute(_ path: String, from folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// The folder of an absolute path.
    static func folder(of path: String) -> String {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(folder)"
    }
}
