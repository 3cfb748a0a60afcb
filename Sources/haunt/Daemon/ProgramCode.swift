import Foundation
import Glibc

/// The pages of this program's code that are in memory.
enum ProgramCode {
    /// Gives back the pages of code. What runs again is mapped again from the page cache.
    ///
    /// Starting runs code that nothing needs later: half of what a daemon that waits would hold.
    static func release() {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let maps = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()
        else { return }
        for range in ranges(of: program, in: String(decoding: maps, as: UTF8.self)) {
            unsafe madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
        }
    }

    /// Where a program's code is mapped, by the lines of `/proc/self/maps`: what may be executed is never written to.
    static func ranges(of program: String, in maps: String) -> [Range<UInt>] {
        maps.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", maxSplits: 5)
            guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }) == program
            else { return nil }
            let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            return bounds.count == 2 && bounds[0] < bounds[1] ? bounds[0]..<bounds[1] : nil
        }
    }
}
