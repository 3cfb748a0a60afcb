/// The best few of many, in one pass and memory for the few: a heap with the worst kept on top.
struct Best<Element: Comparable> {
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
