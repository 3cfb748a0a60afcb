import Foundation
import Household
import NIOPosix
import Wire

/// Reads the tags of the audio files below a directory.
///
/// Disks are read on threads that may block.
struct FolderConnector: LibraryConnector {
    private let place: LibraryPlace
    private let walk: FolderWalk
    private let template: AddressTemplate?

    init(_ settings: LibrarySettings) {
        place = LibraryPlace(library: settings.name, address: settings.path)
        walk = FolderWalk(root: settings.path)
        template = settings.uri
    }

    /// Tells path, size and time of each file.
    func revision() async throws -> String? {
        try await onDisk {
            var (count, sum) = (0, UInt64(0))
            try walk.forEach(after: nil) { file in
                let text = "\(file.path)\u{0}\(file.size)\u{0}\(file.modified.timeIntervalSince1970)"
                (count, sum) = (count + 1, sum &+ FNV1a.hash(text.utf8))
                return true
            }
            return "\(count) \(String(sum, radix: 36))"
        }
    }

    func page(at position: String?) async throws -> LibraryPage {
        try await onDisk {
            var paths: [String] = []
            try walk.forEach(after: position) { file in
                paths.append(file.path)
                return paths.count < ServerLimits.pageTracks
            }
            return LibraryPage(
                tracks: paths.compactMap(track), next: paths.count < ServerLimits.pageTracks ? nil : paths.last)
        }
    }

    func waitForChange() async throws { try await LibraryPlace.waitForCancellation() }

    private func track(_ path: String) -> LibraryTrack? {
        guard let file = TagFile(path: "\(walk.root)/\(path)") else { return nil }
        // The directories above a file are often its artist and album.
        let folders = Set(path.split(separator: "/").dropLast().map(String.init))
        return file.tags(path: path).details(isArtist: folders.contains).map {
            LibraryTrack(uri: template?.address(id: path, path: path) ?? path, details: $0)
        }
    }

    private func onDisk<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await NIOThreadPool.singleton.runIfActive(body)
        } catch is CocoaError {
            throw LibraryProblem(
                .away,
                "The folder \(place.address) of library \(place.library) cannot be read. Check that it is there, and that the user haunt may read it."
            )
        }
    }
}
