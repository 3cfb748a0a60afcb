/// Sets keys of one section in the text of a configuration file. Comments, order and all other lines stay as they are.
struct ConfigurationEditor {
    /// The section is written in a form that cannot be edited line by line, such as `http: {listen: …}`.
    struct UnknownForm: Error {}

    private(set) var lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

    var text: String { lines.joined(separator: "\n") }

    /// Writes a key in place of the line that has it, also where that line is commented out, else as the section's first.
    ///
    /// - Throws: ``UnknownForm``. Nothing was changed then.
    mutating func set(_ key: String, to value: String, in section: String) throws(UnknownForm) {
        let keys = try range(of: section)
        let first = lines[keys].first { $0.hasPrefix(" ") && !Self.isComment($0) }
        let indent = first.map { $0.prefix { $0 == " " } } ?? "  "
        let line = Substring("\(indent)\(key): \(value)")
        let own = keys.filter { Self.key(of: lines[$0]) == Substring(key) }
        // A line that is in effect comes before one that is commented out.
        if let index = own.first(where: { !Self.isComment(lines[$0]) }) ?? own.first {
            lines[index] = line
        } else {
            lines.insert(line, at: keys.lowerBound)
        }
    }

    /// The lines below the name of a section. A section that is missing is added at the end.
    private mutating func range(of section: String) throws(UnknownForm) -> Range<Int> {
        guard let name = lines.firstIndex(where: { $0.hasPrefix("\(section):") }) else {
            if lines.last?.isEmpty == true { lines.removeLast() }
            lines += ["", "\(section):", ""]
            return lines.count - 1..<lines.count - 1
        }
        let rest = lines[name].dropFirst(section.count + 1).drop { $0 == " " }
        guard rest.isEmpty || rest.hasPrefix("#") else { throw UnknownForm() }
        let below = lines[(name + 1)...]
        let end = below.firstIndex { !$0.isEmpty && !$0.hasPrefix(" ") && !$0.hasPrefix("#") } ?? lines.endIndex
        return name + 1..<end
    }

    /// The key of a line, also of one that is commented out as in `  #listen: …`.
    private static func key(of line: Substring) -> Substring? {
        guard line.hasPrefix(" ") else { return nil }
        let text = line.drop { $0 == " " }
        let bare = text.hasPrefix("#") ? text.dropFirst() : text
        return bare.firstIndex(of: ":").map { bare[..<$0] }
    }

    private static func isComment(_ line: Substring) -> Bool { line.drop { $0 == " " }.hasPrefix("#") }
}
