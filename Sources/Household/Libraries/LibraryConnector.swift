public import Foundation
import Taste

/// A place that the household plays music from, as a synchronisation reads it.
///
/// A connector reads and changes nothing. It keeps no state between two calls but its connection.
public protocol LibraryConnector: Sendable {
    /// Tells what stands in the library now, so that an unchanged library is not read again.
    ///
    /// - Returns: a text that differs when the content differs; nil when the library does not tell.
    /// - Throws: ``LibraryProblem``.
    func revision() async throws -> String?

    /// Reads one page of the library.
    ///
    /// - Parameter position: where the page begins: `next` of the page before, nil for the first page. A position is
    ///   valid after a restart, so that a synchronisation that broke goes on where it was.
    /// - Returns: the tracks and where the next page begins.
    /// - Throws: ``LibraryProblem``.
    func page(at position: String?) async throws -> LibraryPage

    /// Waits until the library says that its content changed. A library that says nothing waits until it is cancelled.
    ///
    /// - Throws: ``LibraryProblem`` when the connection is lost; `CancellationError`.
    func waitForChange() async throws
}

/// Some tracks of a library.
public struct LibraryPage: Equatable, Sendable {
    /// The tracks, at most 500.
    public let tracks: [LibraryTrack]
    /// Where the next page begins; nil after the last one.
    public let next: String?
    /// How many tracks the library has; nil when it does not tell.
    public let total: Int?

    /// Creates a page.
    public init(tracks: [LibraryTrack], next: String?, total: Int? = nil) {
        self.tracks = tracks
        self.next = next
        self.total = total
    }
}

/// One recording as a library has it.
public struct LibraryTrack: Equatable, Sendable {
    /// The address by which this library's player plays it. One address is one track of the library.
    public let uri: String
    /// What the library says about it. `details.uri` is nil.
    public let details: TrackDetails
    /// Its sound as vectors; nil when the library has none.
    public let sound: SoundVector?

    /// Creates the value of one recording.
    public init(uri: String, details: TrackDetails, sound: SoundVector? = nil) {
        self.uri = uri
        self.details = details
        self.sound = sound
    }
}

/// The sound of a recording as a point of an embedding space.
public struct SoundVector: Equatable, Sendable {
    /// The name of the space, such as `clap-512`. Vectors of different spaces are never compared.
    public let space: String
    /// The coordinates, not normalised.
    public let values: [Float]

    /// Creates a vector.
    public init(space: String, values: [Float]) {
        self.space = space
        self.values = values
    }
}

extension SoundVector {
    /// How many coordinates a vector may have.
    private static let dimensions = 8...4_096

    /// Reads the coordinates of a vector of a model, whose name and number of coordinates are the name of its space; nil for
    /// bytes that are no vector, or one without a direction.
    ///
    /// - Parameters:
    ///   - model: The model that made it.
    ///   - bytes: The coordinates, 32 bits each, little-endian.
    public init?(model: String, littleEndian bytes: Data) {
        let values = Self.values(littleEndian: bytes)
        guard bytes.count == values.count * 4, Self.dimensions.contains(values.count), SoundPoint(values) != nil else {
            return nil
        }
        self.init(space: "\(model)-\(values.count)", values: values)
    }

    /// Reads coordinates of 32 bits each, little-endian.
    public static func values(littleEndian bytes: Data) -> [Float] {
        unsafe bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { place in
                let word = unsafe bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: word))
            }
        }
    }

    /// The coordinates, 32 bits each, little-endian.
    public var littleEndian: Data {
        let words = values.map { $0.bitPattern.littleEndian }
        return unsafe words.withUnsafeBytes { unsafe Data($0) }
    }
}

/// Why a library could not be read, in words for the person who set it up.
public struct LibraryProblem: Error, Equatable, Sendable {
    /// What kind of problem it is.
    public enum Kind: String, Sendable {
        /// The server does not answer. The next attempt may succeed.
        case away
        /// The server refused the user, password or token.
        case refused
        /// The server answered something that is not understood.
        case malformed
    }

    public let kind: Kind
    /// What is wrong, where, and what to do.
    public let message: String

    /// Creates a problem.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
