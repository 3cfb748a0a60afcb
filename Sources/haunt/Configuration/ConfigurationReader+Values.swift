import Yams

/// One way to read for each shape of value: the key, and where the value goes.
extension ConfigurationReader {
    /// Reads a value.
    func read<Value: ConfigurationValue>(_ key: String, into value: inout Value) {
        if let read = scalar(key).flatMap({ convert($0, to: Value.self, key: key) }) { value = read }
    }

    /// Reads a value that may be left out.
    func read<Value: ConfigurationValue>(_ key: String, into value: inout Value?) {
        if let read = scalar(key).flatMap({ convert($0, to: Value.self, key: key) }) { value = read }
    }

    /// Reads a number within a range.
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

    /// Reads a section.
    func read(_ key: String, into section: inout some ConfigurationSection) {
        Self.read(take(key), path: fullKey(key), report: report) { section.read(from: $0) }
    }

    /// Reads a section that may be left out; its own defaults are those of `defaults`.
    func read<Section: ConfigurationSection>(_ key: String, into section: inout Section?, defaults: Section) {
        guard let node = take(key) else { return }
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
            note(node, as: item)
            if node.isNull { add("is empty", key: item) }
            return scalar(node, for: item).flatMap { convert($0, to: Value.self, key: item) }
        }
    }

    /// Reads a section whose keys are the user's own words; `1` and `true` need no quotes there.
    func readWords(_ key: String, into words: inout [String: String]) {
        guard let node = take(key) else { return }
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
        guard let node = take(key) else { return nil }
        guard case .sequence(let items) = node else {
            add("must be a list, and is \(node.kindName)", key: key)
            return nil
        }
        if items.count > limit { add("has \(items.count) items; \(limit) are the most", key: key) }
        return Array(items.prefix(limit))
    }
}
