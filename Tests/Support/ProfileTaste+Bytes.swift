public import Foundation
public import Taste

extension ProfileTaste {
    /// The whole taste as bytes, the same for the same taste.
    public var bytes: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            var bytes = try encoder.encode(kernels)
            for (id, counters) in counters.sorted(by: { $0.key < $1.key }) {
                let bits = (counters.values + [counters.first, counters.last].map(\.timeIntervalSince1970)).map(
                    \.bitPattern)
                bytes.append(Data("\(id):\(bits)\n".utf8))
            }
            return bytes
        }
    }
}
