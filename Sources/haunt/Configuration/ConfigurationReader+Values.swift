import Yams

/// Reading of values, sections and lists. Each method takes the key and the variable that receives the value.
extension ConfigurationReader {
    func read<Value: ConfigurationValue>(_ key: String, into value: inout Value) {
        if let read = scalar(for: key).flatMap({ convert($0, to: Value.self, key: key) }) { value = read }
    }

    func read<Value: ConfigurationValue>(_ key: String, into value: inout Value?) {
        if let read = scalar(for: key).flatMap({ convert($0, to: Value.self, key: key) }) { value = read }
    }

    /// Reads a value and checks its range.
    func read<Value: ConfigurationValue & Comparable>(
        _ key: String, into value: inout Value, in range: ClosedRange<Value>
    ) {
        var read = value
        self.read(key, into: &read)
        guard range.contains(read) else {
            return add("must be from \(range.lowerBound) to \(range.upperBound), and is \(read)", key: key)
        }
        value = read
    }

    func read(_ key: String, into section: inout some ConfigurationSection) {
        Self.read(node(for: key), path: fullKey(key), report: report) { section.read(from: $0) }
    }

    /// Reads an optional section, which a key of it in the file or the environment makes present. Keys that are not written
    /// have the values of `defaults`.
    func read<Section: ConfigurationSection>(_ key: String, into section: inout Section?, defaults: Section) {
        let node = node(for: key)
        guard node != nil || report.hasVariable(below: fullKey(key)) else { return }
        var read = defaults
        Self.read(node, path: fullKey(key), report: report) { read.read(from: $0) }
        section = read
    }

    /// Reads a list of sections.
    func read<Section>(
        _ key: String, into sections: inout [Section], atMost limit: Int, section: (ConfigurationReader) -> Section
    ) {
        guard let nodes = items(key, atMost: limit) else { return }
        sections = nodes.enumerated().map { index, node in
            Self.read(node, path: "\(fullKey(key))[\(index)]", report: report, section)
        }
    }

    /// Reads a list of values.
    func read<Value: ConfigurationValue>(_ key: String, into values: inout [Value], atMost limit: Int) {
        guard let nodes = items(key, atMost: limit) else { return }
        values = nodes.enumerated().compactMap { index, node in
            let item = "\(key)[\(index)]"
            noteLocation(of: node, as: item)
            if node.isNull { add("is empty", key: item) }
            return scalar(node, for: item).flatMap { convert($0, to: Value.self, key: item) }
        }
    }

    /// Reads a list of texts, or one text that stands for a list of one.
    func readNames(_ key: String, into names: inout [String], atMost limit: Int) {
        if isSingle(key) {
            var name: String?
            read(key, into: &name)
            names = name.map { [$0] } ?? names
        } else {
            read(key, into: &names, atMost: limit)
        }
    }

    /// Reads a map from text to text. `1` and `true` are texts here without quotes.
    func readWords(_ key: String, into words: inout [String: String]) {
        guard let node = node(for: key) else { return }
        guard case .mapping(let mapping) = node else {
            return add("must be a section of words, and is \(node.kindName)", key: key)
        }
        if mapping.count > ConfigurationLimits.words {
            add("has \(mapping.count) words; \(ConfigurationLimits.words) are the most", key: key)
        }
        for (word, meaning) in mapping {
            guard let word = word.scalar?.string, let meaning = meaning.scalar?.string else {
                add("must have one word for each word", key: key)
                continue
            }
            words[word] = meaning
        }
    }

    private func convert<Value: ConfigurationValue>(
        _ scalar: ConfigurationScalar, to type: Value.Type, key: String
    ) -> Value? {
        do {
            return try Value(scalar)
        } catch {
            add(error.message, key: key)
            return nil
        }
    }

    private func items(_ key: String, atMost limit: Int) -> [Node]? {
        guard let node = node(for: key) else { return nil }
        guard case .sequence(let items) = node else {
            add("must be a list, and is \(node.kindName)", key: key)
            return nil
        }
        if items.count > limit { add("has \(items.count) items; \(limit) are the most", key: key) }
        return Array(items.prefix(limit))
    }
}
