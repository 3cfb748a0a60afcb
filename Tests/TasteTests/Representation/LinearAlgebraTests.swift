import Testing

@testable import Taste

@Suite("Axes, clusters and vectors")
struct LinearAlgebraTests {
    @Test("Jacobi's rotations find the eigenvalues of a symmetric matrix")
    func findsEigenvalues() {
        let eigen = SymmetricEigen([[2, 1, 0], [1, 2, 0], [0, 0, 5]])
        let values = eigen.values.sorted()
        #expect(zip(values, [1, 3, 5]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test("Cholesky's factor makes columns orthonormal")
    func factors() {
        let inverse = Cholesky([[4, 2], [2, 3]]).inverseTransposed
        #expect(abs(inverse[0][0] - 0.5) < 1e-6)
        #expect(inverse[1][0] == 0)
    }

    @Test("Tags that meet on artists lie near each other")
    func placesTags() {
        let artists = (0..<40).map { number in
            let base: Int32 = number < 20 ? 0 : 4
            var artist = IndexedArtist(name: "\(number)", key: "\(number)")
            for offset in 0..<3 { artist.add(base + Int32((number + offset) % 4), weight: 1) }
            return artist
        }
        let embedding = TagEmbedding(artists: artists, tagCount: 8)
        func place(_ tag: Int32) -> Vector64 { embedding.vector(of: [WeightedTag(tag: tag, weight: 1)]) }
        #expect(place(0).dot(place(1)) > place(0).dot(place(5)) + 0.3)
    }

    @Test("Places in 16 bits have the same products to the fourth digit, and nothing stays nothing")
    func packsPlaces() {
        var rows = PlaceRows()
        let vectors = (0..<20).map { row in Vector64((0..<64).map { Float(($0 * 7 + row * 13) % 29) - 14 }).unit }
        for (row, vector) in (vectors + [.zero]).enumerated() { rows.set(vector, row: row) }
        rows.set(vectors[3], row: 5)
        let products = rows.products(with: vectors[3])
        #expect(rows.count == 21 && products.count == 21)
        for row in 0..<20 where row != 5 {
            #expect(abs(products[row] - vectors[row].dot(vectors[3])) < 0.0001)
            #expect(abs(rows[row].dot(vectors[row]) - 1) < 0.001)
        }
        #expect(abs(products[5] - 1) < 0.001 && products[20] == 0 && rows[20] == .zero)
    }

    @Test("A scalar product equals the sum of products")
    func multiplies() {
        let a = (0..<64).map { Float($0) / 10 }
        let b = (0..<64).map { Float(63 - $0) / 10 }
        let expected = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(Vector64(a).dot(Vector64(b)) - expected) < 0.01)
        #expect((0..<64).allSatisfy { Vector64(a)[$0] == a[$0] })
        #expect(Vector64.zero.unit == .zero)
    }

    @Test("Scalar products with sixteen vectors at once are those with each alone")
    func productsAtOnce() {
        var generator = SeededGenerator(seed: 3)
        func random() -> Vector64 { Vector64((0..<64).map { _ in .random(in: -1...1, using: &generator) }) }
        for _ in 0..<50 {
            let (vector, others) = (random(), (0..<16).map { _ in random() })
            let table = (0..<64).map { place in SIMD16(others.map { $0[place] }) }
            let products = vector.product(with: table)
            #expect(others.indices.allSatisfy { abs(products[$0] - vector.dot(others[$0])) < 1e-4 })
        }
    }

    @Test("Ward joins what is alike")
    func clusters() {
        let places: [Float] = [0, 0.1, 0.2, 5, 5.1, 9]
        let ward = WardClustering(count: 6) { later in
            places[..<later].map { 1 - (places[later] - $0) * (places[later] - $0) / 2 }
        }
        let clusters = ward.clusters(atMost: 3).map { $0.sorted() }.sorted { $0[0] < $1[0] }
        #expect(clusters == [[0, 1, 2], [3, 4], [5]])
        #expect(WardClustering(count: 0) { _ in [] }.clusters(atMost: 3).isEmpty)
    }

    @Test("The best few are the best few of a sort")
    func keepsBest() {
        var generator = SeededGenerator(seed: 3)
        let numbers = (0..<500).map { _ in Int.random(in: 0..<200, using: &generator) }
        for limit in [0, 1, 25, 500, 900] {
            var best = TopK<Int>(limit: limit)
            for number in numbers { best.offer(number) }
            #expect(best.sorted() == Array(numbers.sorted(by: >).prefix(limit)))
        }
    }
}
