using System.Net;

namespace MailDns.Spf;

/// <summary>The arguments of check_host() (RFC 7208 section 4.1) and what else its macros need.</summary>
internal sealed class SpfQuery
{
    private SpfQuery(IPAddress address, string domain, string localPart, string senderDomain, string helo)
    {
        IPAddress = address;
        Domain = domain;
        LocalPart = localPart;
        SenderDomain = senderDomain;
        Helo = helo;
    }

    /// <summary>The client's address.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>The domain whose record is evaluated first.</summary>
    public string Domain { get; }

    /// <summary>The sender's local-part; "postmaster" where there is none (section 4.3).</summary>
    public string LocalPart { get; }

    /// <summary>The sender's domain.</summary>
    public string SenderDomain { get; }

    /// <summary>The HELO or EHLO name; empty where it is not known.</summary>
    public string Helo { get; }

    /// <summary>The name of the receiving host, for %{r}.</summary>
    public string ReceivingHost { get; init; } = "unknown";

    /// <summary>Seconds since 1970-01-01 UTC, for %{t}.</summary>
    public long Timestamp { get; init; }

    public string Sender => LocalPart + "@" + SenderDomain;

    /// <summary>The MAIL FROM identity; a null reverse-path is checked as postmaster@helo (section 2.4).</summary>
    public static SpfQuery ForMailFrom(IPAddress address, string? sender, string? helo, string receivingHost = "unknown", long timestamp = 0)
    {
        string bare = (sender ?? string.Empty).Trim();
        if (bare.Length >= 2 && bare[0] == '<' && bare[bare.Length - 1] == '>')
            bare = bare.Substring(1, bare.Length - 2);

        int at = bare.LastIndexOf('@');
        string heloName = (helo ?? string.Empty).Trim();
        string localPart = at > 0 ? bare.Substring(0, at) : "postmaster";
        string domain = bare.Length == 0 ? heloName : bare.Substring(at + 1);
        string ascii = ToAscii(domain);
        return new SpfQuery(address, ascii, localPart, ascii, ToAscii(heloName)) { ReceivingHost = receivingHost, Timestamp = timestamp };
    }

    /// <summary>What a person asks: a sender or a HELO name, and perhaps another domain. False where nothing names a domain.</summary>
    public static bool TryCreate(IPAddress address, string? sender, string? helo, string? domain, string receivingHost, long timestamp, out SpfQuery? query)
    {
        string? identity = sender is null && string.IsNullOrEmpty(helo) ? domain : sender;
        query = ForMailFrom(address, identity, helo, receivingHost, timestamp);
        if (query.Domain.Length == 0 && !string.IsNullOrEmpty(domain))
            query = ForMailFrom(address, domain, helo, receivingHost, timestamp);

        if (!string.IsNullOrEmpty(domain)) query = query.WithDomain(domain!);

        return query.Domain.Length > 0;
    }

    /// <summary>The HELO identity (section 2.3).</summary>
    public static SpfQuery ForHelo(IPAddress address, string helo) => ForMailFrom(address, sender: null, helo);

    /// <summary>The same sender checked against the record of another domain.</summary>
    public SpfQuery WithDomain(string domain) => new(IPAddress, ToAscii(domain), LocalPart, SenderDomain, Helo)
    {
        ReceivingHost = ReceivingHost,
        Timestamp = Timestamp,
    };

    // RFC 8616 section 4: domains become A-labels before anything is looked up or expanded.
    private static string ToAscii(string domain)
    {
        foreach (char c in domain)
        {
            if (c > 0x7F) return DomainName.TryParseRelative(domain, out DomainName? name, out _) ? name!.Text : domain;
        }

        return domain;
    }
}
