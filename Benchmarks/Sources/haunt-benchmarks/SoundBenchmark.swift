import Foundation
import Household
import Storage
import Taste
import Wire

/// The nearest neighbours of 100,000 tracks by vectors of 512 coordinates, alone and in a list.
///
/// `skewed` and `scattered` are the two ends: vectors of models lie between them.
enum SoundBenchmark {
    private static let tracks = 100_000
    private static let limit = 100

    static func run(in folder: URL) async throws {
        for shape in SoundCloud.Shape.allCases { try await run(SoundCloud(shape), in: folder) }
    }

    private static func run(_ cloud: SoundCloud, in folder: URL) async throws {
        print("vectors that are \(cloud.shape)")
        let library = LibrarySettings(name: "made-up", kind: .audiomuse, uri: AddressTemplate("muse://{id}"))
        var settings = HouseholdSettings()
        settings.libraries = [library]
        let house = try await House("sound-\(cloud.shape)", in: folder, settings: settings)
        let music = SoundLibrary(tracks: SyntheticMusic(tracks: tracks).tracks, cloud: cloud)
        let keeper = LibraryKeeper(household: house.household) { _ in music }
        await Measurement("library of \(tracks) tracks with vectors", times: 1) { _ in
            let view = await keeper.sync(library)
            precondition(view?.state == .synced, view?.problem ?? "")
        }.report()
        try await neighbors(cloud, house)
        if cloud.shape == .clustered { try await lists(music, house) }
    }

    private static func lists(_ music: SoundLibrary, _ house: House) async throws {
        _ = try await house.household.answer(Recommend.self, OperationInput(door: .http))
        for number in 0..<2 {
            let name = number == 0 ? "25-track playlist like a track: the first" : "25-track playlist like a track"
            try await Measurement(name, times: number == 0 ? 1 : 100) { number in
                house.passHour()
                let track = music.tracks[number * 997 % tracks]
                let wish = "something like \(track.title) by \(track.artist ?? "")"
                let fields: [String: JSONValue] = ["vibe": .string(wish), "guest": .bool(true)]
                let list = try await house.household.answer(
                    GeneratePlaylist.self, OperationInput(door: .http, json: .object(fields)))
                precondition(list.value.sound == .used, "No neighbours were found")
            }.report()
        }
    }

    /// What one search does: the scan, the candidates' coordinates from the store, and their order.
    private static func neighbors(_ cloud: SoundCloud, _ house: House) async throws {
        let before = residentMegabytes()
        var index = SoundIndex(dimensions: SoundCloud.dimensions, capacity: tracks)
        try await Measurement("reading \(tracks) vectors", times: 1) { _ in
            try house.store.read { store in
                try store.forEachSound(inSpace: SoundLibrary.space) { id, values in
                    SoundPoint(values).map { index.add(TrackID(id.rawValue), $0) }
                }
            }
        }.report()
        print(String(format: "memory for %d vectors: %.0f MB", index.count, residentMegabytes() - before))
        let points = (0..<100).compactMap { SoundPoint(cloud.values(of: $0 * 997 % tracks)) }
        let undecided = points.reduce(0) { sum, point in
            sum + index.candidates(near: point, limit: limit) { _ in true }.undecided.count
        }
        print("vectors that are read from the store for a search: \(undecided / points.count)")
        await Measurement("nearest \(limit): the scan alone", times: 200) { number in
            let found = index.candidates(near: points[number % points.count], limit: limit) { _ in true }
            precondition(found.undecided.count < limit, "The codes decide too little")
        }.report()
        try await Measurement("nearest \(limit), exact", times: 200) { number in
            let point = points[number % points.count]
            let found = index.candidates(near: point, limit: limit) { _ in true }
            let sounds = try house.store.read { store in
                try store.sounds(of: found.undecided.map { Track.ID($0.rawValue) }, inSpace: SoundLibrary.space)
            }
            let exact = sounds.compactMap { sound in SoundPoint(sound.values).map { (TrackID(sound.id.rawValue), $0) } }
            precondition(found.nearest(to: point, exact).count == limit, "Too few were found")
        }.report()
    }
}

/// Made-up vectors.
private struct SoundCloud {
    enum Shape: CaseIterable {
        /// Artists lie around genres, tracks around artists, and all around one mean, as those of models do.
        case clustered
        /// The same in 160 directions, of which each next one tells less, as it is with models: half of the difference is in
        /// nine of them. The directions are no coordinates.
        case skewed
        /// In all directions alike.
        case scattered
    }

    static let dimensions = 512
    private static let genres = 40
    private static let tracksPerArtist = 8
    private static let directions = 160

    let shape: Shape
    private let means: [[Float]]
    private let stock: [Float]

    init(_ shape: Shape) {
        self.shape = shape
        var random = SeededGenerator(seed: 9)
        func draw() -> Float { (0..<4).reduce(0) { sum, _ in sum + .random(in: -0.87...0.87, using: &random) } }
        let stock = (0..<131_072).map { _ in draw() }
        self.stock = stock
        means = (0..<Self.genres).map { genre in
            (0..<Self.dimensions).map { 0.7 * stock[$0] + 0.5 * stock[(genre * 7_919 + $0 + 1_000) % stock.count] }
        }
    }

    /// What is a track's own, as a stretch of the stock that begins anywhere.
    private func own(_ number: Int) -> ArraySlice<Float> {
        let start = number &* 40_503 % (stock.count - Self.dimensions)
        return stock[start..<start + Self.dimensions]
    }

    func values(of number: Int) -> [Float] {
        switch shape {
        case .clustered: clustered(number)
        case .skewed: skewed(number)
        case .scattered: scattered(number)
        }
    }

    private func clustered(_ number: Int) -> [Float] {
        let artist = number / Self.tracksPerArtist
        let (own, shared) = (own(number), own(artist &* 31 + 7))
        return zip(means[artist % Self.genres], zip(own, shared)).map { $0 + 0.4 * $1.0 + 0.35 * $1.1 }
    }

    private func skewed(_ number: Int) -> [Float] {
        let place = clustered(number)
        var values = [Float](repeating: 0.1, count: Self.dimensions)
        for direction in 0..<Self.directions {
            let amount = place[direction] / Float(direction + 1).squareRoot()
            let row = stock[direction * Self.dimensions..<(direction + 1) * Self.dimensions]
            for (coordinate, value) in row.enumerated() { values[coordinate] += amount * value }
        }
        return values
    }

    private func scattered(_ number: Int) -> [Float] {
        var random = SeededGenerator(seed: UInt64(number))
        return (0..<Self.dimensions).map { _ in
            (0..<4).reduce(0) { sum, _ in sum + .random(in: -0.87...0.87, using: &random) }
        }
    }
}

/// A library in memory that makes its vectors as they are asked for.
private struct SoundLibrary: LibraryConnector {
    static let space = "clap-512"
    private static let pageSize = 250

    let tracks: [TrackDetails]
    let cloud: SoundCloud

    func revision() async throws -> String? { "1" }

    func page(at position: String?) async throws -> LibraryPage {
        let start = position.flatMap { Int($0) } ?? 0
        let end = min(start + Self.pageSize, tracks.count)
        let page = (start..<end).map { number in
            LibraryTrack(
                uri: "\(number)", details: tracks[number],
                sound: SoundVector(space: Self.space, values: cloud.values(of: number)))
        }
        return LibraryPage(tracks: page, next: end < tracks.count ? "\(end)" : nil, total: tracks.count)
    }

    func waitForChange() async throws { try await Task.sleep(for: .seconds(86_400)) }
}
