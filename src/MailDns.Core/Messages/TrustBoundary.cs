using System.Net;

namespace MailDns.Messages;

/// <summary>
/// Where the message came into hosts that the user named: the topmost Received field by one of them whose peer is none of
/// them. What stands above was written by those hosts; it and everything below may have been written by the sender
/// (RFC 8601 section 5, RFC 5321 section 4.4).
/// </summary>
internal sealed class TrustBoundary
{
    private readonly IReadOnlyList<DomainName> _trusted;

    private TrustBoundary(IReadOnlyList<DomainName> trusted) => _trusted = trusted;

    /// <summary>The field with which a named host received the message; null where there is none.</summary>
    public ReceivedField? Received { get; private set; }

    /// <summary>Why there is none, as a sentence.</summary>
    public string Reason { get; private set; } = string.Empty;

    /// <summary>True where hosts were named.</summary>
    public bool IsNamed => _trusted.Count > 0;

    public static TrustBoundary Find(MessageHeader header, IReadOnlyList<DomainName> trusted)
    {
        var boundary = new TrustBoundary(trusted);
        if (trusted.Count == 0)
        {
            boundary.Reason = "No receiving host is named (-TrustedHost).";
            return boundary;
        }

        boundary.Walk(header);
        return boundary;
    }

    /// <summary>True for a named host and for every name below one.</summary>
    public bool Names(string? host) =>
        host is not null && DomainName.TryParseDns(host, out DomainName? name) && _trusted.Any(trusted => name!.IsSameOrBelow(trusted));

    /// <summary>True where the field with that authserv-id and at that place was added by a named host.</summary>
    public bool Believes(AuthenticationResultsField field)
    {
        if (Received is null || field.Index > Received.Index) return false;

        // Microsoft writes no authserv-id; then its place alone tells.
        return field.Host.Length == 0 ? IsMicrosoft(Received.By) : Names(field.Host);
    }

    public static bool IsMicrosoft(string? host) =>
        host is not null && (host.EndsWith(".outlook.com", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".office365.com", StringComparison.OrdinalIgnoreCase));

    private void Walk(MessageHeader header)
    {
        Reason = "The message has no Received field by " + string.Join(", ", _trusted.Select(name => name.ToString())) + ".";
        foreach (int index in header.Find("received"))
        {
            ReceivedField field = ReceivedField.Read(header.Text(index), index);
            if (!field.HasFrom || field.By is null) continue;

            bool isInternal = (field.Address is { } address && IsInternal(address)) || (field.Address is null && Names(field.Peer));
            if (Names(field.By))
            {
                if (isInternal || Names(field.Peer))
                {
                    Reason = "The Received fields by named hosts show no peer but internal ones.";
                    continue;
                }

                if (field.Address is null)
                {
                    Reason = "The Received field by " + PrintableText.Escape(field.By) + " does not tell the address of its peer.";
                    return;
                }

                Received = field;
                Reason = string.Empty;
                return;
            }

            // A host of the same family hands on within it; anything else let the message in, and nobody named it.
            if (isInternal || (IsFamily(field.By) && IsFamily(field.Peer))) continue;

            Reason = "The message came in at " + PrintableText.Escape(field.By) + ", which is not named in -TrustedHost; what stands below may be the sender's.";
            return;
        }
    }

    // Loopback, private, link-local, shared and unique local addresses: no sender of the Internet has one.
    private static bool IsInternal(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        if (octets.Length == 4)
        {
            return octets[0] is 10 or 127
                || (octets[0] == 172 && octets[1] is >= 16 and < 32)
                || (octets[0] == 192 && octets[1] == 168)
                || (octets[0] == 169 && octets[1] == 254)
                || (octets[0] == 100 && octets[1] is >= 64 and < 128);
        }

        return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || (octets[0] & 0xFE) == 0xFC;
    }

    // mailbox.contoso.com is of the family of mx1.contoso.com.
    private bool IsFamily(string? host) =>
        host is not null && DomainName.TryParseDns(host, out DomainName? name)
        && _trusted.Any(trusted => name!.IsSameOrBelow(trusted.LabelCount > 2 ? trusted.Parent : trusted));
}
