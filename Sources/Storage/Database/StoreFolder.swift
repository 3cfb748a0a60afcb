public import Foundation
import Household

/// The folder of a store. It decides who may use the files in it.
///
/// The service has a folder that its group may read and others may not (0750): its files can be read by the group too. A
/// folder of any other kind has files for their owner alone. Files that root makes belong to the owner of the folder, so that
/// a command of root leaves nothing that the service cannot open.
public enum StoreFolder {
    /// Makes the folder of a store, closed to others, unless it is there.
    ///
    /// - Parameter path: Path of the store.
    /// - Throws: ``HouseholdError`` `unavailable` when it cannot be made.
    public static func make(forStoreAt path: String) throws {
        let folder = folder(of: path)
        var isDirectory = ObjCBool(false)
        guard unsafe !FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw HouseholdError(.unavailable, "Cannot make the folder \(folder): \(error.localizedDescription)")
        }
    }

    /// The mode of a file that the owner may read and write, and of which the group may do what it may with the folder.
    ///
    /// - Parameters:
    ///   - path: Path of the store.
    ///   - groupMode: What the group may do where the folder is open to it and closed to others.
    /// - Returns: The mode.
    public static func mode(forStoreAt path: String, groupMode: mode_t) -> mode_t {
        guard let status = status(of: folder(of: path)) else { return 0o600 }
        let isSharedWithGroup = status.st_mode & 0o057 == 0o050
        return isSharedWithGroup ? 0o600 | groupMode : 0o600
    }

    /// Gives a file that was just made mode and owner by the folder.
    ///
    /// - Parameters:
    ///   - descriptor: The file. This process must have made it, or a symbolic link could lead to a file of somebody else.
    ///   - path: Path of the store.
    ///   - groupMode: What the group may do with it.
    static func adopt(_ descriptor: Int32, besideStoreAt path: String, groupMode: mode_t) {
        _ = fchmod(descriptor, mode(forStoreAt: path, groupMode: groupMode))
        guard geteuid() == 0, let owner = status(of: folder(of: path)), owner.st_uid != 0 else { return }
        _ = fchown(descriptor, owner.st_uid, owner.st_gid)
    }

    private static func folder(of path: String) -> String {
        URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
    }

    private static func status(of folder: String) -> stat? {
        var status = stat()
        return unsafe stat(folder, &status) == 0 ? status : nil
    }
}
