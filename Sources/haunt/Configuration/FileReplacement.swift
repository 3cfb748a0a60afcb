import Foundation
import Glibc

/// Writes a file in place of another, so that a reader finds the whole old one or the whole new one.
struct FileReplacement {
    /// The user and group of a file. Only root can give files away.
    struct Owner {
        var user: uid_t
        var group: gid_t

        /// The owner of a folder; nil when it is not there.
        init?(ofFolder path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            user = status.st_uid
            group = status.st_gid
        }
    }

    private let path: String
    private let mode: mode_t
    private let owner: Owner?

    init(path: String, mode: mode_t, owner: Owner?) {
        self.path = path
        self.mode = mode
        self.owner = owner
    }

    /// A replacement with mode and owner of the file that is there.
    init(keeping path: String) {
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        self.init(path: path, mode: isThere ? status.st_mode & 0o777 : 0o600, owner: Owner(ofFolder: path))
    }

    /// Writes the file and flushes it to disk.
    ///
    /// - Throws: ``Failure`` with code 77 when this user may not write there, 73 for every other cause.
    func write(_ text: String) throws(Failure) {
        let new = path + ".new"
        unsafe unlink(new)
        let descriptor = unsafe open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure }
        defer { close(descriptor) }
        if geteuid() == 0, let owner { _ = fchown(descriptor, owner.user, owner.group) }
        let bytes = Array(text.utf8)
        guard fchmod(descriptor, mode) == 0, unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0, unsafe rename(new, path) == 0
        else {
            let failure = failure
            unsafe unlink(new)
            throw failure
        }
    }

    private var failure: Failure {
        errno == EACCES || errno == EPERM || errno == EROFS
            ? Failure(code: .noPermission, message: "This user may not write \(path): use sudo")
            : Failure(code: .cannotCreate, message: "Cannot write \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
