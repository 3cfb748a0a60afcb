import Testing

@testable import Taste

@Suite("Elements in falling order")
struct TopKTests {
    @Test("They come as sorting would have them, equal ones too", arguments: [0, 1, 2, 3, 10, 257])
    func falls(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let numbers = (0..<count).map { _ in Int.random(in: 0..<100, using: &random) }
        for likely in [0, 1, 7, 300] {
            #expect(Array(LazyDescending(numbers, likely: likely)) == numbers.sorted(by: >))
        }
    }
}
