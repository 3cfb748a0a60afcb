import ArgumentParser
import Foundation
import Household

/// The reason why a command ends early: a message for the user and an exit code.
struct Failure: Error {
    /// Exit codes of `sysexits.h`.
    enum Code: Int32 {
        case usage = 64
        case dataError = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case inputOutput = 74
        case temporary = 75
        case noPermission = 77
        case configuration = 78
    }

    var code: Code
    var message: String

    init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The failure of an error that has a message for the user; nil for other errors.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as HouseholdError: self.init(code: Self.code(of: error), message: error.message)
        case let error as CocoaError:
            let path = error.filePath ?? "a file"
            self.init(code: .inputOutput, message: "Reading or writing \(path) failed: \(Self.reason(of: error))")
        default: return nil
        }
    }

    /// What the system says of an error with a file, as in "Is a directory".
    static func reason(of error: any Error) -> String {
        let cause = (error as? CocoaError)?.underlying
        let number = (cause as? POSIXError)?.code.rawValue ?? (cause as? NSError).map { Int32($0.code) }
        return number.map { unsafe String(cString: strerror($0)) } ?? error.localizedDescription
    }

    /// Prints the message to standard error and exits.
    static func exit(_ error: any Error) -> Never {
        guard let failure = Failure(error) else { Haunt.exit(withError: error) }
        end(failure)
    }

    private static func end(_ failure: Failure) -> Never {
        if !failure.message.isEmpty { Terminal.write("haunt: \(failure.message)\n") }
        Foundation.exit(failure.code.rawValue)
    }

    private static func code(of error: HouseholdError) -> Code {
        switch error.code {
        case .notFound: .noInput
        case .unavailable, .rateLimited: .unavailable
        case .internal: .software
        default: .dataError
        }
    }
}
