import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("Nearest neighbours by sound")
struct SoundIndexTests {
    /// How points lie.
    enum Shape: CaseIterable {
        /// Around a few centers, as genres do.
        case clustered
        /// In all directions alike: nothing tells which are near before all coordinates were compared.
        case scattered
        /// Most of the difference is in the first coordinates.
        case decaying
        /// One coordinate is nearly all.
        case spiky
    }

    /// Points of a shape, some of them equal, of very different lengths, with ids that have gaps.
    private struct Cloud {
        var points: [(id: TrackID, point: SoundPoint)] = []
        var index: SoundIndex

        init(_ count: Int, _ shape: Shape = .clustered, dimensions: Int, using random: inout SeededGenerator) {
            index = SoundIndex(dimensions: dimensions, capacity: count)
            let centers = (0..<5).map { _ in Self.values(dimensions, 1, &random) }
            for number in 0..<count {
                let noise = Self.values(dimensions, Float.random(in: 0.01...0.5, using: &random), &random)
                var values = Self.values(shape, centers[number % 5], noise, number)
                if number % 7 == 3, let last = points.last { values = last.point.values.map { $0 * 3 } }
                if number % 5 == 1 { values = values.map { $0 * 1e-30 } }
                guard let point = SoundPoint(values) else { continue }
                points.append((TrackID(Int64(number * 3 + 1)), point))
                index.add(TrackID(Int64(number * 3 + 1)), point)
            }
        }

        private static func values(_ shape: Shape, _ center: [Float], _ noise: [Float], _ number: Int) -> [Float] {
            switch shape {
            case .clustered: zip(center, noise).map { $0 + $1 }
            case .scattered: noise
            case .decaying: noise.indices.map { noise[$0] / Float($0 + 1) }
            case .spiky: noise.indices.map { $0 == number % noise.count ? 1 : noise[$0] / 1_000 }
            }
        }

        static func values(_ count: Int, _ size: Float, _ random: inout SeededGenerator) -> [Float] {
            (0..<count).map { _ in Float.random(in: -size...size, using: &random) }
        }

        func nearest(to point: SoundPoint, _ limit: Int, among isAllowed: (TrackID) -> Bool) -> [TrackID] {
            let candidates = index.candidates(near: point, limit: limit, among: isAllowed)
            let undecided = Set(candidates.undecided)
            return candidates.nearest(to: point, points.filter { undecided.contains($0.id) })
        }

        /// By every cosine in double precision.
        func plain(to point: SoundPoint, _ limit: Int, among isAllowed: (TrackID) -> Bool) -> [TrackID] {
            points.filter { isAllowed($0.id) }.map { ($0.point.cosine(to: point), $0.id) }
                .sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(limit).map(\.1)
        }
    }

    @Test(
        "They are those of a plain scan in double precision, in the same order", arguments: Shape.allCases,
        [8, 33, 530])
    func exact(shape: Shape, dimensions: Int) {
        for seed in RandomSeeds.first(2, of: 40) {
            var random = SeededGenerator(seed: seed)
            let cloud = Cloud(Int.random(in: 1...200, using: &random), shape, dimensions: dimensions, using: &random)
            for limit in [1, 10, 100] {
                let near = cloud.points[Int.random(in: cloud.points.indices, using: &random)].point
                let far = SoundPoint(Cloud.values(dimensions, 1, &random)) ?? near
                let third = { (id: TrackID) in id.rawValue % 2 == 0 }
                for point in [near, far] {
                    #expect(
                        cloud.nearest(to: point, limit) { _ in true } == cloud.plain(to: point, limit) { _ in true })
                    #expect(
                        cloud.nearest(to: point, limit, among: third) == cloud.plain(to: point, limit, among: third))
                }
            }
        }
    }

    @Test("Few points are compared as they are stored")
    func few() {
        var random = SeededGenerator(seed: 11)
        let cloud = Cloud(2_000, .scattered, dimensions: 512, using: &random)
        #expect(cloud.index.candidates(near: cloud.points[77].point, limit: 50) { _ in true }.undecided.count < 25)
    }

    @Test("None are found among none, and all where fewer are there than asked for")
    func fewer() throws {
        let point = try #require(SoundPoint([1, 2, 3]))
        var index = SoundIndex(dimensions: 3)
        #expect(index.candidates(near: point, limit: 5) { _ in true }.nearest(to: point, []).isEmpty)
        index.add(4, point)
        index.add(9, point)
        let both = index.candidates(near: point, limit: 5) { _ in true }
        #expect(Set(both.undecided) == [4, 9])
        #expect(both.nearest(to: point, [(9, point), (4, point)]) == [4, 9])
        #expect(both.nearest(to: point, [(9, point)]) == [9])
        #expect(index.candidates(near: point, limit: 5) { _ in false }.undecided.isEmpty)
        #expect(index.candidates(near: point, limit: 0) { _ in true }.nearest(to: point, []).isEmpty)
    }

    @Test("A point of another space is neither taken in nor compared")
    func otherSpace() throws {
        let (three, four) = (try #require(SoundPoint([1, 2, 3])), try #require(SoundPoint([1, 2, 3, 4])))
        var index = SoundIndex(dimensions: 3)
        index.add(1, three)
        index.add(2, four)
        #expect(index.count == 1)
        #expect(index.candidates(near: four, limit: 5) { _ in true }.nearest(to: four, []).isEmpty)
        #expect(index.nearness(of: 1, to: 2) == nil)
    }

    @Test(
        "Coordinates without a direction are no point",
        arguments: [[], [0, 0], [.nan, 1], [.infinity, 1], [-.infinity, .infinity]] as [[Float]])
    func noDirection(values: [Float]) { #expect(SoundPoint(values) == nil) }

    @Test("The longest points with the largest coordinates, all alike or opposite, are compared as exactly")
    func largest() throws {
        let points = try (0..<4).map { number in
            try #require(SoundPoint((0..<4_096).map { $0 < number * 7 ? -1 : 1 }))
        }
        var index = SoundIndex(dimensions: 4_096)
        for (number, point) in points.enumerated() { index.add(TrackID(Int64(number)), point) }
        for number in 0..<4 {
            let candidates = index.candidates(near: points[number], limit: 1) { _ in true }
            #expect(candidates.nearest(to: points[number], []) == [TrackID(Int64(number))])
        }
        let opposite = try #require(SoundPoint(points[0].values.map { -$0 }))
        #expect(index.candidates(near: opposite, limit: 1) { _ in true }.nearest(to: opposite, []) == [3])
    }

    @Test("Very small and very large coordinates are points like others")
    func extremes() throws {
        let directions: [[Float]] = [[1, 0, 0.5], [0.9, 0.1, 0.5], [-1, 0.2, 0]]
        let points = try directions.enumerated().map { number, values in
            let size: Float = [1e-38, 1, 1e37][number]
            return try #require(SoundPoint(values.map { $0 * size }))
        }
        var index = SoundIndex(dimensions: 3)
        for (number, point) in points.enumerated() { index.add(TrackID(Int64(number)), point) }
        let candidates = index.candidates(near: points[0], limit: 2) { _ in true }
        #expect(candidates.nearest(to: points[0], []) == [0, 1])
    }

    @Test("How near two tracks are is known to about a hundredth")
    func nearness() throws {
        var random = SeededGenerator(seed: 5)
        let cloud = Cloud(50, dimensions: 64, using: &random)
        for (first, second) in zip(cloud.points, cloud.points.dropFirst()) {
            let nearness = try #require(cloud.index.nearness(of: first.id, to: second.id))
            #expect(abs(Double(nearness) - first.point.cosine(to: second.point)) < 0.03)
        }
    }
}
