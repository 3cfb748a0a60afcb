/// An embedding space of sound: what one model makes, with so many coordinates.
public struct SoundSpace: Equatable, Sendable {
    /// Such as `clap-512`.
    public let name: String
    /// How many tracks have a vector in it.
    public let tracks: Int

    /// Creates the value of a space in the store.
    public init(name: String, tracks: Int) {
        self.name = name
        self.tracks = tracks
    }
}

// Which spaces are used. A library whose model is another one gives the new vectors page by page, and perhaps for only a part
// of its tracks for days. Until then the vectors of the model before are used, and they go after.
extension [SoundSpace] {
    /// The share of the space with the most tracks that a newer space must have. A model fails at a few tracks.
    private static let almostAll = 0.9

    /// Of spaces, the newest first: those that are not complete, and the newest that is.
    var inUse: ArraySlice<SoundSpace> {
        let most = Double(map(\.tracks).max() ?? 0)
        guard let complete = firstIndex(where: { Double($0.tracks) >= most * Self.almostAll }) else { return [] }
        return self[...complete]
    }
}

extension Household {
    /// Vectors that one transaction removes.
    private static let soundsAtOnce = 1_000

    /// The spaces of models that no configured library uses any more; none when a library is not one with sounds.
    ///
    /// - Throws: What the store throws.
    nonisolated func unusedSoundSpaces(after name: String) async throws -> [String] {
        let names = await settings.libraries.filter(\.hasSounds).map(\.name)
        guard names.contains(name) else { return [] }
        return try store.read { store in
            let all = try store.soundSpaces(ofLibrary: nil).map(\.name)
            guard all.count > 1 else { return [] }
            let used = try names.flatMap { try store.soundSpaces(ofLibrary: $0).inUse.map(\.name) }
            return used.isEmpty ? [] : all.filter { !used.contains($0) }
        }
    }

    /// Removes some vectors of spaces.
    ///
    /// - Returns: Whether there may be more.
    /// - Throws: What the store throws.
    func removeSomeSounds(inSpaces names: [String]) throws -> Bool {
        guard !names.isEmpty else { return false }
        return try store.write { try $0.removeSounds(inSpaces: names, limit: Self.soundsAtOnce) } == Self.soundsAtOnce
    }
}
