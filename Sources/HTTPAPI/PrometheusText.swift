import Household

/// Writes metrics in the text format of Prometheus.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
struct PrometheusText {
    enum Kind: String { case counter, gauge, histogram }

    /// One value with its labels.
    struct Sample {
        var labels: [(name: String, value: String)] = []
        var value: Double
    }

    /// The media type of the text.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The metrics written so far.
    private(set) var text = ""

    /// Writes a metric without labels.
    mutating func write(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        write(name, kind, help, [Sample(value: Double(value))])
    }

    /// Writes a metric with its samples.
    mutating func write(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        begin(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    /// Writes a histogram. The buckets are cumulative.
    mutating func write(_ name: String, _ help: String, _ histogram: DurationHistogram) {
        begin(name, .histogram, help)
        var count = 0
        for (bound, more) in zip(DurationHistogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
            count += more
            line("\(name)_bucket", [("le", bound)], Double(count))
        }
        line("\(name)_sum", [], histogram.sumS)
        line("\(name)_count", [], Double(histogram.count))
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        let number = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
        text += "\(name)\(pairs.isEmpty ? "" : "{\(pairs)}") \(number)\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
