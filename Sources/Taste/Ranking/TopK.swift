import Foundation

/// The best few of many, in one pass and memory for the few: a heap with the worst kept on top.
struct TopK<Element: Comparable> {
    private let limit: Int
    private var heap: [Element] = []

    /// Keeps as many as `limit`; greater is better.
    init(limit: Int) { self.limit = max(0, limit) }

    /// The element that the next better one drives out; nil while there is room.
    var worst: Element? { heap.count < limit ? nil : heap.first }

    /// Keeps an element if it is among the best so far.
    mutating func offer(_ element: Element) {
        if heap.count < limit {
            heap.append(element)
            siftUp()
        } else if let worst = heap.first, worst < element {
            heap.sink(element, from: 0, below: { $0 < $1 })
        }
    }

    /// What was kept, the best first.
    func sorted() -> [Element] { heap.sorted(by: >) }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }
}

/// Elements in falling order, most of which are never asked for: the best few are found in one pass, others when it comes
/// to them.
struct LazyDescending<Element: Comparable>: Sequence, IteratorProtocol {
    /// The best few that are left, in falling order.
    private var first: ArraySlice<Element>
    private let least: Element?
    /// How many of the best few are as good as the least of them.
    private let spentEqual: Int
    /// All elements; then, once the best few are spent, a heap of the others with the greatest on top.
    private var heap: [Element]
    private var isHeap = false

    /// - Parameters:
    ///   - elements: All, in no order.
    ///   - likely: How many will be asked for, as a rule.
    init(_ elements: [Element], likely: Int) {
        var best = TopK<Element>(limit: likely)
        for element in elements { best.offer(element) }
        let few = best.sorted()
        first = few[...]
        least = few.last
        spentEqual = few.count { $0 == few.last }
        heap = elements
    }

    mutating func next() -> Element? {
        if let element = first.popFirst() { return element }
        if !isHeap { makeHeap() }
        guard let greatest = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { heap.sink(last, from: 0, below: { $0 > $1 }) }
        return greatest
    }

    private mutating func makeHeap() {
        isHeap = true
        // Of those equal to the least of the best few, some may be left.
        var spent = spentEqual
        heap = heap.filter { element in
            guard let least else { return true }
            if element == least { spent -= 1 }
            return element < least || element == least && spent < 0
        }
        for parent in (0..<heap.count / 2).reversed() { heap.sink(heap[parent], from: parent, below: { $0 > $1 }) }
    }
}

extension Array {
    /// Puts an element into a binary heap, at a place from which it sinks below those that come before it.
    ///
    /// - Parameters:
    ///   - element: What is put in place of the element at `start`.
    ///   - start: A place below which the heap is in order.
    ///   - comesFirst: Whether the first of two elements stands above the second.
    fileprivate mutating func sink(
        _ element: Element, from start: Int, below comesFirst: (Element, Element) -> Bool
    ) {
        var hole = start
        while true {
            var child = 2 * hole + 1
            if child + 1 < count, comesFirst(self[child + 1], self[child]) { child += 1 }
            guard child < count, comesFirst(self[child], element) else { break }
            self[hole] = self[child]
            hole = child
        }
        self[hole] = element
    }
}

/// A track with what it is ordered by: score, then the later play, then the lower id, so that no order is left to chance.
struct ScoredTrack: Comparable, Sendable {
    var score: Double
    var last: Date
    var id: TrackID

    static func < (a: ScoredTrack, b: ScoredTrack) -> Bool {
        if a.score != b.score { return a.score < b.score }
        if a.last != b.last { return a.last < b.last }
        return a.id > b.id
    }
}

/// A row of artists or tracks with what it is ordered by.
struct RankedRow: Comparable {
    var score: Float
    /// The lower comes first among equal scores.
    var tie: Int64
    var row: Int32

    static func < (a: RankedRow, b: RankedRow) -> Bool { a.score == b.score ? a.tie > b.tie : a.score < b.score }
}
