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
            heap[0] = element
            siftDown()
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

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in 2 * parent + 1..<2 * parent + 3 where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

/// Elements in falling order, each found when it is asked for: cheaper than sorting when few of many are.
struct LazyDescending<Element: Comparable>: Sequence, IteratorProtocol {
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
