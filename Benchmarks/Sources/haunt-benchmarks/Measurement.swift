import Foundation

/// Times of many runs of one thing, in milliseconds: by the clock on the wall, and as the processor counts them, which
/// hardly depends on what else the machine does.
struct Measurement {
    let name: String
    private let wall: [Double]
    private let processor: [Double]

    /// Runs something many times.
    init(_ name: String, times: Int, _ body: (Int) async throws -> Void) async rethrows {
        self.name = name
        var wall: [Double] = []
        var processor: [Double] = []
        for number in 0..<times {
            let (began, ticks) = (ContinuousClock.now, clock())
            try await body(number)
            wall.append((.now - began) / .milliseconds(1))
            processor.append(Double(clock() - ticks) * 1_000 / Double(CLOCKS_PER_SEC))
        }
        self.wall = wall.sorted()
        self.processor = processor.sorted()
    }

    /// Prints p50 and p99 and, beside a baseline, how many times less of the processor this takes.
    func report(against baseline: Measurement? = nil) {
        let figures = [wall, processor].flatMap { [Self.quantile(0.5, of: $0), Self.quantile(0.99, of: $0)] }
        let cells = figures.map { Self.padded(String(format: "%.2f", $0), 11, left: true) }.joined()
        let ratio = baseline.map { base in
            String(format: "   %.2f × as fast as ", base.processorMedian / processorMedian) + base.name
        }
        print(Self.padded(name, 44) + cells + (ratio ?? ""))
    }

    /// Prints what the columns are.
    static func printHeader() {
        let cells = ["p50 ms", "p99 ms", "p50 cpu", "p99 cpu"].map { padded($0, 11, left: true) }.joined()
        print(padded("", 44) + cells)
    }

    /// Milliseconds on the wall of the run in the middle.
    var wallMedian: Double { Self.quantile(0.5, of: wall) }

    private var processorMedian: Double { Self.quantile(0.5, of: processor) }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }

    private static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return left ? space + text : text + space
    }
}

/// Memory of this process in MB, as the kernel counts it.
func residentMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return kilobytes / 1_024
}
