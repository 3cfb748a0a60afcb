import ArgumentParser
import Foundation
import Household

/// A command that cannot go on: what to tell the person, and the exit code of `sysexits.h`.
struct Failure: Error {
    /// Exit codes of `sysexits.h`, for scripts.
    enum Code: Int32 {
        case usage = 64
        case dataError = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case inputOutput = 74
        case temporary = 75
        case configuration = 78
    }

    var code: Code
    var message: String

    /// Ends the program with a line for the person and a code for the script.
    static func exit(_ error: any Error) -> Never {
        switch error {
        case let failure as Failure: end(failure)
        case let error as HouseholdError: end(Failure(code: code(of: error), message: error.message))
        default: Haunt.exit(withError: error)
        }
    }

    private static func end(_ failure: Failure) -> Never {
        if !failure.message.isEmpty { FileHandle.standardError.write(Data("haunt: \(failure.message)\n".utf8)) }
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
