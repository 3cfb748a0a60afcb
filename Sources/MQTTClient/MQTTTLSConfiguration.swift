/// Certificates for a connection over TLS, all in PEM files.
public struct MQTTTLSConfiguration: Equatable, Sendable {
    /// Where Debian, Ubuntu, Fedora and Arch keep the authorities the operating system trusts.
    static let systemCADirectory = "/etc/ssl/certs"

    /// Authorities that may vouch for the broker; nil: those the operating system trusts.
    public var caFile: String?
    /// Our own certificate, for brokers that ask for one.
    public var certificateFile: String?
    /// The key of our certificate, without a passphrase.
    public var keyFile: String?
    /// Accepts a certificate made for another host name, if it is vouched for; for test set-ups only.
    public var allowsOtherHostNames = false

    /// Creates a configuration that trusts what the operating system trusts.
    public init(
        caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        allowsOtherHostNames: Bool = false
    ) {
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.allowsOtherHostNames = allowsOtherHostNames
    }
}
