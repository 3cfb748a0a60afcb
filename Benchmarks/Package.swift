// swift-tools-version: 6.2
import PackageDescription

/// Measurements of a release build; a package of its own so that nobody who builds Haunt builds them.
let package = Package(
    name: "haunt-benchmarks",
    dependencies: [
        .package(name: "haunt", path: ".."), .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "BareClient", linkerSettings: [.linkedLibrary("mosquitto")]),
        .executableTarget(
            name: "haunt-benchmarks",
            dependencies: [
                "BareClient", .product(name: "Logging", package: "swift-log"),
                .product(name: "Household", package: "haunt"), .product(name: "Listening", package: "haunt"),
                .product(name: "MQTTBridge", package: "haunt"), .product(name: "MQTTClient", package: "haunt"),
                .product(name: "Storage", package: "haunt"), .product(name: "Taste", package: "haunt"),
                .product(name: "Wire", package: "haunt"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"), .strictMemorySafety(),
                .treatAllWarnings(as: .error),
            ]),
    ]
)
