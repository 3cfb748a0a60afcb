import Foundation
import HauntTestSupport
import Storage
import Testing
import Wire

@testable import Household

@Suite("Tokens of profiles")
struct TokenTests {
    @Test("A token opens its own profile's door until the next is made")
    func token() async throws {
        let house = try TestHouse.withTwoPeople()
        let answer = try await house.perform("profile/token", #"{"name":"anna"}"#, door: .commandLine)
        #expect(answer["profile"]?.text == "anna")
        let token = try #require(answer["token"]?.text)
        #expect(token.count >= 43)
        let bens = try await house.household.perform(MakeProfileToken(name: "ben")).token
        #expect(try await house.household.profile(forToken: token) == "anna")
        #expect(try await house.household.profile(forToken: bens) == "ben")
        for wrong in ["", "x", token + "x", String(token.dropLast()), token.uppercased(), "default"] {
            #expect(try await house.household.profile(forToken: wrong) == nil)
        }
        let next = try await house.household.perform(MakeProfileToken(name: "anna")).token
        #expect(next != token)
        #expect(try await house.household.profile(forToken: token) == nil)
        let again = try TestHouse.withTwoPeople(store: house.store)
        #expect(try await again.household.profile(forToken: next) == "anna")
    }

    @Test("The store never sees a token, only its hash")
    func onlyHash() async throws {
        let directory = try TemporaryDirectory()
        let store = try HouseholdDatabase(path: directory.path("house.db"))
        let house = try TestHouse.withTwoPeople(store: store)
        let token = try await house.household.perform(MakeProfileToken(name: "anna")).token
        try store.close()
        let file = try Data(contentsOf: directory.url.appending(path: "house.db"))
        #expect(file.range(of: Data(token.utf8)) == nil)
        #expect(file.range(of: ProfileToken(token).hash) != nil)
    }

    @Test("No token is made where others read along, nor for somebody who is not there")
    func refused() async throws {
        let house = try TestHouse.withTwoPeople()
        await expect(.methodNotAllowed) { try await house.perform("profile/token", #"{"name":"anna"}"#, door: .mqtt) }
        await expect(.notFound, field: "name") { try await house.perform("profile/token", #"{"name":"zoe"}"#) }
        #expect(try house.store.read { try $0.tokenHashes() }.isEmpty)
    }

    /// Examples of FIPS 180-4, and the lengths at which the padding changes, against another implementation.
    static let vectors: [(String, Int, String)] = [
        ("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        ("a", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
        ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ]

    @Test("The hash is SHA-256", arguments: vectors)
    func sha256(text: String, count: Int, expected: String) {
        let hash = SHA256.hash(String(repeating: text, count: count).utf8)
        #expect(hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
    }
}
