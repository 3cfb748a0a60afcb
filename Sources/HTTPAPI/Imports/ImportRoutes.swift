import HTTPTypes
import Household
import Hummingbird
import NIOCore
import ServiceLifecycle

extension RouteHandler {
    /// Answers `/api/import/…`: takes the file in the body and answers before it is read.
    ///
    /// - Throws: ``HouseholdError`` `too_large`, `rate_limited`; `bad_request` when there is no file or it breaks off.
    func importFile(_ call: HTTPCall, _ kind: ImportRequest.Kind) async throws -> HTTPAnswer {
        let tooLarge = HouseholdError(.tooLarge, "A file may have \(HTTPLimits.importBytes >> 20) MiB")
        if let length = call.request.headers[.contentLength].flatMap({ Int($0) }), length > HTTPLimits.importBytes {
            throw tooLarge
        }
        // A form wraps the file into lines of its own.
        guard call.request.headers[.contentType]?.lowercased().hasPrefix("multipart/") != true else {
            throw HouseholdError(.unsupportedMediaType, "The body must be the file itself, not a form with it")
        }
        let request = try await ImportRequest(kind, call.query(), in: household)
        let view = try await imports.accept(request) { file in
            // A file that is still arriving must not hold up a stop.
            let bytes = try await cancelWhenGracefulShutdown {
                try await Self.receive(call.request.body, to: file, orThrow: tooLarge)
            }
            guard bytes > 0 else { throw HouseholdError(.badRequest, "The body must be the file") }
            return bytes
        }
        return try HTTPAnswer(.accepted, json: view)
    }

    /// Answers `/api/imports/{id}`.
    func showImport(_ call: HTTPCall) throws -> HTTPAnswer {
        _ = try call.query()
        return try HTTPAnswer(.ok, json: try imports.view(call.parameters["id"] ?? ""))
    }

    /// Writes a body to a file, within a time.
    ///
    /// - Returns: Its size in bytes.
    private static func receive(
        _ body: RequestBody, to file: TemporaryFile, orThrow tooLarge: HouseholdError
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                var bytes = 0
                do {
                    for try await chunk in body {
                        bytes += chunk.readableBytes
                        guard bytes <= HTTPLimits.importBytes else { throw tooLarge }
                        try file.append(chunk)
                    }
                } catch let error as HouseholdError {
                    throw error
                } catch {
                    throw HouseholdError(.badRequest, "The file could not be received to its end")
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: .seconds(HTTPLimits.importS))
                throw HouseholdError(.badRequest, "The file took too long to arrive")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? 0
        }
    }
}
