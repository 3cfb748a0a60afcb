extension FoldedText {
    /// What a title key leaves out.
    enum Dropped {
        /// Guests, and remarks on the same recording.
        case remarks
        /// All that is said in brackets, and any version after a dash.
        case editions
    }

    /// Artist without guests and without a leading "the"; nil if no word is left.
    var artistKey: String? {
        var key = words(in: bytes[..<guestStart(in: bytes[...])])
        if key.hasPrefix("the "), key.utf8.count > 4 { key.removeFirst(4) }
        return key.isEmpty ? nil : key
    }

    /// The artists that a credit may be shared by, the first one first, without guests and leading articles.
    var creditKeys: [String] {
        let credit = bytes[..<guestStart(in: bytes[...])]
        return credit.split(separator: Mark.comma).flatMap { part in
            let words = part.split { $0 <= Mark.space }.map { String(decoding: $0, as: UTF8.self) }
            return words.split { Self.joiners.contains($0) }.map { name in
                (name.first == "the" && name.count > 1 ? name.dropFirst() : name).joined(separator: " ")
            }
        }
    }

    /// Whether a word stands in it that is part of no name, so that it is shared for certain.
    var isSharedForCertain: Bool {
        words(in: bytes[..<guestStart(in: bytes[...])]).split(separator: " ").dropFirst().dropLast()
            .contains { Self.certainJoiners.contains(String($0)) }
    }

    /// Words between the artists of a shared credit. "And" may stand within a name: "Camo & Krooked" is one act.
    private static let joiners: Set<String> = certainJoiners.union(["and"])
    private static let certainJoiners: Set<String> = ["x", "with", "vs"]

    /// The words of a title that are left; nil if there are none.
    func titleKey(dropping dropped: Dropped) -> String? {
        if isPlain { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
        var kept: [String] = []
        for part in parts() {
            let words = words(in: part.bytes)
            if !words.isEmpty, !isDropped(words, opening: part.mark, dropped: dropped) { kept.append(words) }
        }
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    /// Whether there are neither marks nor guests, as in most titles, so that every key is the name itself.
    var isPlain: Bool { !bytes.contains { $0 < Mark.space } && guestStart(in: bytes[...]) == bytes.count }

    private func isDropped(_ words: String, opening mark: UInt8?, dropped: Dropped) -> Bool {
        switch (mark, dropped) {
        case (Mark.open, .editions): return true
        case (Mark.open, .remarks): return Remark.isGuest(words) || Remark.isOnSameRecording(words)
        case (Mark.dash, .editions): return Remark.isEdition(words)
        case (Mark.dash, .remarks): return Remark.isGuest(words) || Remark.isOnSameRecording(words)
        default: return false
        }
    }

    /// The name cut at its brackets and dashes, each part with the mark before it and without its guests.
    private func parts() -> [(mark: UInt8?, bytes: ArraySlice<UInt8>)] {
        var parts: [(mark: UInt8?, bytes: ArraySlice<UInt8>)] = []
        var start = 0
        var mark: UInt8?
        for (position, byte) in bytes.enumerated() where (Mark.open...Mark.dash).contains(byte) {
            parts.append((mark, withoutGuests(bytes[start..<position])))
            mark = byte
            start = position + 1
        }
        parts.append((mark, withoutGuests(bytes[start...])))
        return parts
    }

    private func withoutGuests(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> { part[..<guestStart(in: part)] }

    /// Where the credit of a guest begins, which needs a word before it; the end if there is none.
    private func guestStart(in part: ArraySlice<UInt8>) -> Int {
        var position = part.startIndex
        while let at = part[position...].firstIndex(of: UInt8(ascii: "f")) {
            position = at + 1
            guard at > part.startIndex, part[at - 1] <= Mark.space else { continue }
            let rest = part[at...]
            if Remark.guestWords.contains(where: { rest.starts(with: $0) }) { return at - 1 }
        }
        return part.endIndex
    }
}
