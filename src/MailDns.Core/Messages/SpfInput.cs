using System.Net;
using MailDns.Spf;

namespace MailDns.Messages;

/// <summary>
/// Client, MAIL FROM and HELO for check_host(). None of them is in the message by right: they come from the user, or from
/// what a named host wrote when it received the message; never from what the sender could write.
/// </summary>
internal sealed class SpfInput
{
    private SpfInput(SpfQuery query, string source, bool countsForDmarc)
    {
        Query = query;
        Source = source;
        CountsForDmarc = countsForDmarc;
    }

    public SpfQuery Query { get; }

    /// <summary>Where they come from, for people.</summary>
    public string Source { get; }

    /// <summary>False where only the HELO name is known: DMARC looks at MAIL FROM alone (RFC 9989 section 4.4.2).</summary>
    public bool CountsForDmarc { get; }

    /// <summary>What can be evaluated; null where nothing can, and <paramref name="reason"/> says why.</summary>
    public static SpfInput? Find(MessageHeader header, MessageRequest request, TrustBoundary boundary, IReadOnlyList<AuthenticationResultsField> results, out string reason)
    {
        reason = string.Empty;
        ReceivedField? received = boundary.Received;
        IPAddress? address = request.IPAddress ?? received?.Address;
        if (address is null)
        {
            reason = "the client's address is not known. " + boundary.Reason;
            return null;
        }

        string? helo = Name(request.Helo ?? received?.Helo);
        string? sender = request.Sender ?? (received is null ? null : EnvelopeSender(header, boundary, results));
        string source = request.IPAddress is not null ? "-IPAddress" : "the Received field by " + PrintableText.Escape(received!.By);
        if (sender is not null && (Bare(sender).Length > 0 || !string.IsNullOrEmpty(helo)))
        {
            // A null reverse-path is checked as postmaster@HELO, and that identity counts (RFC 7208 section 2.4).
            return new SpfInput(SpfQuery.ForMailFrom(address, sender, helo), source, countsForDmarc: true);
        }

        if (!string.IsNullOrEmpty(helo))
            return new SpfInput(SpfQuery.ForHelo(address, helo!), source + ", HELO only: the sender (MAIL FROM) is not known", countsForDmarc: false);

        reason = sender is null ? "the sender (MAIL FROM) is not known; specify -Sender" : "the sender is null (<>) and the HELO name is not known; specify -Helo";
        return null;
    }

    // Return-Path is added at delivery, above every Received field of the receiver; what stands below was there before.
    private static string? EnvelopeSender(MessageHeader header, TrustBoundary boundary, IReadOnlyList<AuthenticationResultsField> results)
    {
        int border = boundary.Received!.Index;
        foreach (int index in header.Find("return-path"))
        {
            if (index < border) return Bare(header.Text(index));
        }

        foreach (AuthenticationResultsField field in results)
        {
            foreach (RecordedResult result in field.Results)
            {
                if (result.Method == "spf" && boundary.Believes(field) && (result.Find("smtp.mailfrom") ?? result.Find("smtp.mail")) is { } sender)
                    return Bare(sender);
            }
        }

        return null;
    }

    private static string Bare(string sender)
    {
        string text = sender.Trim();
        int open = text.IndexOf('<');
        int close = open < 0 ? -1 : text.IndexOf('>', open);
        return close < 0 ? text : text.Substring(open + 1, close - open - 1).Trim();
    }

    // An address literal has no record (RFC 7208 section 2.3).
    private static string? Name(string? helo) => helo is null || helo.StartsWith("[", System.StringComparison.Ordinal) ? null : helo;
}
