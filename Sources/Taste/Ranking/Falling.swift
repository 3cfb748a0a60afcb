/// Elements in falling order, each found when it is asked for: cheaper than sorting when few of many are.
struct Falling<Element: Comparable>: Sequence, IteratorProtocol {
    /// A heap with the greatest on top.
    private var heap: [Element]

    init(_ elements: [Element]) {
        heap = elements
        for parent in (0..<heap.count / 2).reversed() { siftDown(from: parent) }
    }

    mutating func next() -> Element? {
        guard let greatest = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            siftDown(from: 0)
        }
        return greatest
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var greatest = parent
            for child in 2 * parent + 1..<2 * parent + 3 where child < heap.count && heap[greatest] < heap[child] {
                greatest = child
            }
            guard greatest != parent else { return }
            heap.swapAt(parent, greatest)
            parent = greatest
        }
    }
}
