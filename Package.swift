// swift-tools-version: 6.2
import PackageDescription

/// One strictness for every Swift target: Swift 6 language mode, no unsafe construct without a mark, no warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// The order is the order of the house: a target imports only what stands above it.
let package = Package(
    name: "haunt",
    products: [.executable(name: "haunt", targets: ["haunt"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CMosquitto", pkgConfig: "libmosquitto", providers: [.apt(["libmosquitto-dev"])]),
        .systemLibrary(name: "CMalloc"),
        // TagLib's C interface tells neither several values of a tag nor the artist of an album; its C++ interface does.
        .target(name: "CTagLib", linkerSettings: [.linkedLibrary("tag"), .linkedLibrary("stdc++")]),
        .target(name: "MQTTClient", dependencies: ["CMosquitto", logging, lifecycle], swiftSettings: strict),
        .target(name: "Listening", swiftSettings: strict),
        .target(name: "Taste", resources: [.process("Resources")], swiftSettings: strict),
        .target(name: "Wire", swiftSettings: strict),
        .target(name: "Household", dependencies: ["CMalloc", "Taste", "Listening", "Wire"], swiftSettings: strict),
        .target(name: "Exchange", dependencies: ["Household", "Wire"], swiftSettings: strict),
        .target(
            name: "Libraries",
            dependencies: [
                "CTagLib", "Household", "Wire", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL,
                nioWebSocket,
            ],
            swiftSettings: strict),
        .target(name: "Storage", dependencies: ["Household", grdb], swiftSettings: strict),
        .target(
            name: "MQTTBridge", dependencies: ["Household", "Listening", "MQTTClient", "Wire", logging, lifecycle],
            swiftSettings: strict),
        .target(
            name: "HTTPAPI",
            dependencies: ["Household", "Wire", hummingbird, hummingbirdCore, httpTypes, logging, lifecycle, nioCore],
            resources: [.process("Resources/openapi.json"), .copy("Resources/page")], swiftSettings: strict),
        .executableTarget(
            name: "haunt",
            dependencies: [
                "CMalloc", "Exchange", "HTTPAPI", "Household", "Libraries", "Listening", "MQTTBridge", "MQTTClient",
                "Storage", "Taste", "Wire",
                arguments, lifecycle, logging, nioCore, nioPosix, signals, yams,
            ],
            resources: [.process("Resources")], swiftSettings: strict),
        .executableTarget(
            name: "haunt-demo", dependencies: ["Exchange", "HauntTestSupport", "Household", "MQTTClient", "Wire"],
            swiftSettings: strict),

        // Measurements of a release build, beside a subscriber that is nothing but libmosquitto.
        .target(
            name: "BareClient", path: "Benchmarks/Sources/BareClient", linkerSettings: [.linkedLibrary("mosquitto")]),
        .executableTarget(
            name: "haunt-benchmarks",
            dependencies: [
                "BareClient", "Household", "Listening", "MQTTBridge", "MQTTClient", "Storage", "Taste", "Wire", logging,
            ],
            path: "Benchmarks/Sources/haunt-benchmarks", swiftSettings: strict),

        .target(
            name: "HauntTestSupport",
            dependencies: [
                "Household", "Listening", "MQTTClient", "Storage", "Taste", "Wire", logging, nioCore, nioHTTP1,
                nioPosix,
            ],
            path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "MQTTClientTests", dependencies: ["MQTTClient", "HauntTestSupport", logging], swiftSettings: strict),
        .testTarget(
            name: "ListeningTests", dependencies: ["Listening", "HauntTestSupport"], swiftSettings: strict),
        .testTarget(name: "TasteTests", dependencies: ["Taste", "HauntTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "HouseholdTests",
            dependencies: ["Household", "Listening", "Storage", "Taste", "Wire", "HauntTestSupport"],
            swiftSettings: strict),
        .testTarget(name: "WireTests", dependencies: ["Wire", "HauntTestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ExchangeTests", dependencies: ["Exchange", "Household", "Taste", "Wire"], swiftSettings: strict),
        .testTarget(
            name: "LibrariesTests",
            dependencies: [
                "Household", "Libraries", "Wire", "HauntTestSupport", nioCore, nioHTTP1, nioPosix, nioWebSocket,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StorageTests", dependencies: ["Household", "Storage", "Wire", "HauntTestSupport", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "MQTTBridgeTests",
            dependencies: ["Household", "Listening", "MQTTBridge", "MQTTClient", "Wire", "HauntTestSupport"],
            resources: [.copy("Traces")], swiftSettings: strict),
        .testTarget(
            name: "HTTPAPITests",
            dependencies: [
                "HTTPAPI", "Household", "Listening", "Taste", "Wire", "HauntTestSupport", httpTypes, logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "HauntTests",
            dependencies: [
                "haunt", "Household", "Listening", "MQTTBridge", "MQTTClient", "Wire", "HauntTestSupport", lifecycle,
                nioCore, nioPosix,
            ],
            exclude: ["Recordings"], swiftSettings: strict),
    ]
)
