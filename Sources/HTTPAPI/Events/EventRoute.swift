import HTTPTypes
import Household
import Hummingbird
import NIOCore
import Wire

extension RouteHandler {
    /// Answers `/api/events`: the state, and what happens until the client leaves or the daemon stops.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when there are too many clients.
    func events(_ call: HTTPCall) async throws -> HTTPAnswer {
        _ = try call.query()
        let (feed, lastSeen, context) = (feed, call.request.headers[.lastEventID], call.context)
        let (state, subscription) = try await household.state {
            try feed.subscribe(after: lastSeen, onOverflow: context.close)
        }
        let opening = EventStreamState(state, imports: imports.views).messages(opening: subscription)
        var answer = HTTPAnswer(.ok)
        answer.headers[.contentType] = "text/event-stream; charset=utf-8"
        answer.headers[.cacheControl] = "no-store"
        // nginx would otherwise wait for more.
        answer.headers[.accelBuffering] = "no"
        answer.stream = { writer in
            context.whenClientLeaves { subscription.finish() }
            try await subscription.write(after: opening, heartbeatS: feed.heartbeatS, to: &writer)
            try await writer.finish(nil)
        }
        return answer
    }
}

extension EventSubscription {
    /// Writes what opens the stream, then all messages and heartbeats, until it ends.
    fileprivate func write(
        after opening: [ByteBuffer], heartbeatS: Double, to writer: inout any ResponseBodyWriter
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                while (try? await Task.sleep(for: .seconds(heartbeatS))) != nil { beat() }
            }
            for message in opening { try await writer.write(message) }
            for await message in messages { try await writer.write(message) }
            group.cancelAll()
        }
    }
}

/// The data of the message `state`, with which every stream begins.
private struct EventStreamState: Encodable {
    var speakers: [SpeakerView]
    var listeners: [ListenerView]
    var imports: [ImportJobView]
    var health: HealthView

    init(_ state: HouseholdState, imports: [ImportJobView]) {
        speakers = state.speakers
        listeners = state.listeners
        self.imports = imports
        health = state.health
    }

    /// What a client gets before what happens: whether it missed something, the state, and what it missed.
    func messages(opening subscription: EventSubscription) -> [ByteBuffer] {
        let reset = subscription.isReset ? EventText(Announcement("reset", [String: String]()))?.message(id: nil) : nil
        // A client that leaves amid the missed messages comes back for the rest, so the state must not number them.
        let id = subscription.missed == nil ? subscription.lastID : nil
        let state = EventText(Announcement("state", self, .state))?.message(id: id)
        return [EventText.retry, reset, state].compactMap { $0 } + (subscription.missed ?? [])
    }
}

extension HTTPField.Name {
    /// The id of the last message that a client of the event stream has seen.
    fileprivate static let lastEventID = HTTPField.Name(parsed: "last-event-id") ?? .ifMatch
    /// Whether nginx gathers an answer before it hands it on.
    fileprivate static let accelBuffering = HTTPField.Name(parsed: "x-accel-buffering") ?? .via
}
