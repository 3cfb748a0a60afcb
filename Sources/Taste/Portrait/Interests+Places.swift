extension Interests {
    /// The numbers of the interests of each name, the most important name first. Those without a name stay apart.
    var byName: [[Int]] {
        var groups: [[Int]] = []
        var groupOf: [String: Int] = [:]
        for (number, interest) in all.enumerated() {
            if let group = interest.name.flatMap({ groupOf[$0] }) {
                groups[group].append(number)
            } else {
                if let name = interest.name { groupOf[name] = groups.count }
                groups.append([number])
            }
        }
        let importance = groups.map { $0.reduce(0) { $0 + all[$1].importance } }
        return groups.indices.sorted { (importance[$1], $0) < (importance[$0], $1) }.map { groups[$0] }
    }

    /// Where the interests lie on a plane, -1 to 1, so that those that sound alike are near.
    ///
    /// Classical multidimensional scaling of their cosines: the two directions in which they differ most.
    var places2D: [SIMD2<Double>] {
        let cosines = all.indices.map { first in all.indices.map { second in cosine(first, second) } }
        let eigen = SymmetricEigen(Self.centred(cosines))
        let order = eigen.values.indices.sorted { eigen.values[$0] > eigen.values[$1] }.prefix(2)
        var places = [SIMD2<Double>](repeating: .zero, count: all.count)
        for (lane, vector) in order.enumerated() {
            let scale: Double = max(0, eigen.values[vector]).squareRoot()
            // Either sign is as good; the most important interest decides.
            let sign = eigen.vectors[0][vector] < 0 ? -1.0 : 1.0
            for row in places.indices { places[row][lane] = sign * scale * eigen.vectors[row][vector] }
        }
        let largest = places.reduce(0) { max($0, $1.x.magnitude, $1.y.magnitude) }
        return largest > 0 ? places.map { $0 / largest } : places
    }

    /// The mean of the cosines of two interests by their tags and by their places.
    private func cosine(_ first: Int, _ second: Int) -> Double {
        let tags = table.reduce(Float(0)) { $0 + $1[first] * $1[second] }
        return Double(tags + place(ofLane: first).dot(place(ofLane: second))) / 2
    }

    /// The matrix with the means of rows and columns taken off.
    private static func centred(_ matrix: [[Double]]) -> [[Double]] {
        guard !matrix.isEmpty else { return matrix }
        let count = Double(matrix.count)
        let means = matrix.map { $0.reduce(0, +) / count }
        let mean = means.reduce(0, +) / count
        return matrix.indices.map { row in
            matrix.indices.map { matrix[row][$0] - means[row] - means[$0] + mean }
        }
    }
}
