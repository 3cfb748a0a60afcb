/// Where a part of the configuration stands.
enum ConfigurationPlace: Equatable, CustomStringConvertible {
    /// On the command line, or nowhere in particular.
    case arguments
    /// In this environment variable.
    case environment(String)
    /// In a file; line and column count from 1, and are nil when the file cannot be read at all.
    case file(String, line: Int?, column: Int?)

    /// As compilers print it, so that editors can jump there.
    var description: String {
        switch self {
        case .arguments: "arguments"
        case .environment(let name): name
        case .file(let path, let line?, let column?): "\(path):\(line):\(column)"
        case .file(let path, _, _): path
        }
    }

    /// Sorts problems as a person reads: arguments, environment, then down the file.
    var order: (Int, Int, Int) {
        switch self {
        case .arguments: (0, 0, 0)
        case .environment: (1, 0, 0)
        case .file(_, let line, let column): (2, line ?? 0, column ?? 0)
        }
    }
}
