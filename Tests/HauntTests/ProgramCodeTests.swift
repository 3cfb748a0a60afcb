import Testing

@testable import haunt

@Suite("Code in memory")
struct ProgramCodeTests {
    private static let maps = """
        5581a0000000-5581a1400000 r--p 00000000 08:01 42                         /usr/bin/haunt
        5581a1400000-5581a3400000 r-xp 01400000 08:01 42                         /usr/bin/haunt
        5581a3400000-5581a3800000 rw-p 03400000 08:01 42                         /usr/bin/haunt
        7f1200000000-7f1200100000 r-xp 00000000 08:01 43                         /usr/lib/x86_64-linux-gnu/libc.so.6
        7f1200200000-7f1200300000 rw-p 00000000 00:00 0
        7ffc00000000-7ffc00002000 r-xp 00000000 00:00 0                          [vdso]
        """

    @Test("Only what the program may execute, and nobody writes to, is given back")
    func ranges() {
        #expect(ProgramCode.ranges(of: "/usr/bin/haunt", in: Self.maps) == [0x5581_a140_0000..<0x5581_a340_0000])
    }

    @Test("The program goes on after its code was given back")
    func release() {
        ProgramCode.release()
        #expect(ProgramCode.ranges(of: "/usr/bin/haunt", in: "").isEmpty)
    }
}
