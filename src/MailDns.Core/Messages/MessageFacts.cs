using System.Net;
using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Messages;

/// <summary>All that is found of one message, room by room.</summary>
internal sealed class MessageFacts
{
    // More fields than that no chain of servers writes.
    private const int MaxResultFields = 100;

    public MessageFacts(MessageOctets message, MessageRequest request)
    {
        Message = message;
        Request = request;
        Boundary = TrustBoundary.Find(message.Header, request.TrustedHosts);
        Fields = Header.Find("authentication-results").Take(MaxResultFields)
            .Select(index => AuthenticationResultsField.Read(Header.Text(index), index)).ToArray();
        TopmostDate = Header.First("received") is >= 0 and int top ? ReceivedField.Read(Header.Text(top), top).Date : null;
    }

    public MessageOctets Message { get; }
    public MessageRequest Request { get; }
    public MessageHeader Header => Message.Header;
    public TrustBoundary Boundary { get; }

    /// <summary>The Authentication-Results fields from top to bottom.</summary>
    public IReadOnlyList<AuthenticationResultsField> Fields { get; }

    /// <summary>When the topmost Received field says that the message came; it may be anybody's word.</summary>
    public DateTimeOffset? TopmostDate { get; }

    /// <summary>The Author Domain; null where there is not exactly one.</summary>
    public DomainName? Author { get; init; }

    /// <summary>Why there is no Author Domain.</summary>
    public string? AuthorFault { get; init; }

    public IReadOnlyList<DkimSignatureResult> Dkim { get; set; } = Array.Empty<DkimSignatureResult>();

    /// <summary>How many signatures were verified.</summary>
    public int Verified { get; set; }

    public ArcResult Arc { get; set; } = ArcResult.Nothing;
    public SpfInput? SpfInput { get; set; }
    public string WhyNoSpf { get; set; } = string.Empty;
    public SpfResult? Spf { get; set; }
    public bool? SpfAligned { get; set; }
    public DmarcDiscovery? Discovery { get; set; }
    public AuthenticationResultCode DmarcResult { get; set; }
    public string DmarcReason { get; set; } = string.Empty;
    public bool IsConclusive { get; set; }
    public AuthenticationClaim[] Claims { get; private set; } = Array.Empty<AuthenticationClaim>();

    /// <summary>The name of the platform that sent it, once somebody has looked; null where it is not known.</summary>
    public string? Platform { get; set; }

    /// <summary>The signatures that pass and align.</summary>
    public IEnumerable<DkimSignatureResult> Aligned => Dkim.Where(result => result.Result == AuthenticationResultCode.Pass && result.Aligned == true);

    /// <summary>True where SPF passes for an identity that counts for DMARC and aligns.</summary>
    public bool SpfPassesAligned => Spf is { Result: SpfResultCode.Pass } && SpfAligned == true;

    /// <summary>Programs between the signer and this copy that change bodies, as far as the header shows; null for none.</summary>
    public string? Alterer
    {
        get
        {
            if ((Message.Traits & CopyTraits.OutlookItem) != CopyTraits.None)
                return "an Outlook item (.msg), which does not keep the body as it was sent";

            if (Header.First("x-mime-autoconverted") >= 0)
                return "a mail server that converted the body (X-MIME-Autoconverted)";

            if (Header.First("x-ms-exchange-organization-authas") >= 0
                || Header.First("x-ms-exchange-crosstenant-id") >= 0
                || Header.First("x-microsoft-antispam") >= 0
                || Header.First("x-ms-exchange-transport-crosstenantheadersstamped") >= 0)
            {
                return "a mailbox of Microsoft 365 or Exchange, which stores bodies in a form of its own";
            }

            return null;
        }
    }

    /// <summary>What a mailing list leaves in the header; null where nothing shows one.</summary>
    public string? List => Header.TextOf("list-id") is { } id ? id : Header.First("list-unsubscribe") >= 0 && Header.First("list-post") >= 0 ? Header.TextOf("list-post") : null;

    /// <summary>The domain of MAIL FROM as SPF was checked for, else of Return-Path, which may be anybody's word; null where there is none.</summary>
    public DomainName? ReturnPath
    {
        get
        {
            if (SpfInput is { CountsForDmarc: true } input)
                return DomainName.TryParse(input.Query.Domain, out DomainName? checkedDomain, out _) ? checkedDomain : null;

            return Header.TextOf("return-path") is { } text ? AuthorReader.Addresses(text).Select(AuthorReader.DomainOf).FirstOrDefault() : null;
        }
    }

    /// <summary>What the receiver recorded of a signature, believed or not; null for nothing.</summary>
    public AuthenticationClaim? ClaimOf(DkimSignatureResult signature) =>
        Claims.Where(claim => claim.Method == "dkim" && IsOf(claim.Recorded, signature)).OrderByDescending(claim => claim.IsBelieved).FirstOrDefault();

    /// <summary>Reads what hosts recorded, and puts beside it what was computed. Of the believed fields the topmost wins per method.</summary>
    public void ReadClaims()
    {
        var claims = new List<AuthenticationClaim>();
        foreach (AuthenticationResultsField field in Fields)
        {
            bool believed = Boundary.Believes(field);
            foreach (RecordedResult recorded in field.Results)
            {
                var claim = new AuthenticationClaim(field, recorded, believed);
                Compare(claim);
                claims.Add(claim);
            }
        }

        Claims = claims.ToArray();
    }

    public MailMessageResult ToResult(CheckSheet sheet) => new(Request.Path, sheet)
    {
        From = Shown("from"),
        Subject = Shown("subject"),
        Domain = Author?.Text,
        Dkim = Dkim.ToArray(),
        Spf = Spf,
        SpfAligned = SpfAligned,
        SpfSource = SpfInput?.Source,
        DmarcResult = DmarcResult,
        DmarcReason = DmarcReason,
        IsConclusive = IsConclusive,
        Policy = Discovery?.Policy.Effective,
        OrganizationalDomain = Discovery?.Walk.OrganizationalDomain?.Text,
        Arc = Arc,
        Claims = Claims,
        Platform = Platform is null ? null : PrintableText.Escape(Platform),
    };

    private string? Shown(string name)
    {
        const int most = 400;
        return Header.TextOf(name) is not { } text ? null : PrintableText.Escape(text.Length > most ? text.Substring(0, most) + "..." : text);
    }

    private static bool IsOf(RecordedResult recorded, DkimSignatureResult signature)
    {
        string? domain = recorded.Find("header.d") ?? DomainOf(recorded.Find("header.i"));
        if (domain is null || !string.Equals(domain.TrimEnd('.'), signature.Domain, StringComparison.OrdinalIgnoreCase))
            return false;

        // RFC 6008: header.b tells signatures of one domain apart; header.s does too.
        if (recorded.Find("header.s") is { } selector && !string.Equals(selector, signature.Selector, StringComparison.OrdinalIgnoreCase))
            return false;

        return recorded.Find("header.b") is not { Length: >= 4 } start
            || new string((signature.Verdict.Tags.Value("b") ?? string.Empty).Where(c => !TagList.IsWhiteSpace(c)).ToArray()).StartsWith(start, StringComparison.Ordinal);
    }

    private static string? DomainOf(string? address) => address?.Substring(address.LastIndexOf('@') + 1);

    private void Compare(AuthenticationClaim claim)
    {
        (string Word, bool Passed)? computed = claim.Method switch
        {
            "dkim" => Dkim.Where(signature => IsOf(claim.Recorded, signature)).Select(signature => ((string, bool)?)(Word(signature.Result), signature.Result == AuthenticationResultCode.Pass)).FirstOrDefault(),
            "spf" when Spf is { } spf && SpfInput!.CountsForDmarc && IsSameSender(claim.Recorded, spf) => (spf.Result.ToString().ToLowerInvariant(), spf.Result == SpfResultCode.Pass),
            "dmarc" when Discovery is not null && IsSameAuthor(claim.Recorded) => (Word(DmarcResult), DmarcResult == AuthenticationResultCode.Pass),
            "arc" => (Word(Arc.Result), Arc.Result == AuthenticationResultCode.Pass),
            _ => null,
        };
        if (computed is { } found)
        {
            claim.Computed = found.Word;
            claim.Differs = found.Passed != (claim.Result == "pass");
        }
    }

    private static bool IsSameSender(RecordedResult recorded, SpfResult spf) =>
        DomainOf(recorded.Find("smtp.mailfrom") ?? recorded.Find("smtp.mail")) is not { } domain || string.Equals(domain.TrimEnd('.', '>'), spf.Domain, StringComparison.OrdinalIgnoreCase);

    private bool IsSameAuthor(RecordedResult recorded) =>
        DomainOf(recorded.Find("header.from")) is not { } domain || string.Equals(domain.TrimEnd('.', '>'), Author!.Text, StringComparison.OrdinalIgnoreCase);

    private static string Word(AuthenticationResultCode code) => code.ToString().ToLowerInvariant();
}

/// <summary>
/// Client, MAIL FROM and HELO for check_host(). None of them is in the message by right: they come from the user, or from
/// what a named host wrote when it received the message; never from what the sender could write.
/// </summary>
internal sealed class SpfInput(SpfQuery query, string source, bool countsForDmarc)
{
    public SpfQuery Query { get; } = query;

    /// <summary>Where they come from, for people.</summary>
    public string Source { get; } = source;

    /// <summary>False where only the HELO name is known: DMARC looks at MAIL FROM alone (RFC 9989 section 4.4.2).</summary>
    public bool CountsForDmarc { get; } = countsForDmarc;

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
