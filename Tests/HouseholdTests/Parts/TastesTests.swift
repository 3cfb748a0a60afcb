import HauntTestSupport
import Taste
import Testing

@testable import Household

@Suite("Tastes in memory alone")
struct TastesTests {
    @Test("A taste is read from the store once, and again after it was forgotten")
    func readOnce() throws {
        let (store, anna) = try Example.storeWithAnna()
        var tastes = Tastes()
        #expect(tastes.known(anna.id) == nil)
        let first = try tastes.taste(of: anna, in: store)
        store.fault = ForeignError()
        #expect(try tastes.taste(of: anna, in: store) === first)
        #expect(tastes.known(anna.id) === first)
        store.fault = nil
        tastes.forget(anna.id)
        tastes.forget(anna.id)
        #expect(tastes.known(anna.id) == nil)
        #expect(try tastes.taste(of: anna, in: store) !== first)
    }

    @Test("A read that fails leaves nothing in memory, and the next one works")
    func failure() throws {
        let (store, anna) = try Example.storeWithAnna()
        var tastes = Tastes()
        store.fault = ForeignError()
        #expect(throws: ForeignError.self) { try tastes.taste(of: anna, in: store) }
        #expect(tastes.known(anna.id) == nil)
        store.fault = nil
        #expect(try tastes.taste(of: anna, in: store).stamp == TasteStamp())
    }

    @Test("A profile that the store does not have has an empty taste, and no other profile's is forgotten for it")
    func unknownProfile() throws {
        let (store, anna) = try Example.storeWithAnna()
        var tastes = Tastes()
        let known = try tastes.taste(of: anna, in: store)
        let empty = try tastes.taste(of: Example.profile(99, "nemo"), in: store)
        #expect(empty.taste.isEmpty)
        #expect(empty.stats == ListenStats())
        tastes.forget(99)
        #expect(tastes.known(anna.id) === known)
    }

    @Test("A rebuild makes a stale taste whole and counts up its version, and what is in memory stays as it was")
    func rebuild() throws {
        let (store, anna) = try Example.storeWithAnna()
        let stale = TasteStamp(version: 4, builtAt: nil, isStale: true)
        try store.write { try $0.saveTasteStamp(stale, profile: anna.id) }
        var tastes = Tastes()
        let memory = try tastes.taste(of: anna, in: store)
        try store.write { try Tastes.rebuild(anna, at: Example.noon, in: $0) }
        #expect(memory.stamp == stale)
        tastes.forget(anna.id)
        #expect(try tastes.taste(of: anna, in: store).stamp == TasteStamp(version: 5, builtAt: Example.noon))
    }
}
