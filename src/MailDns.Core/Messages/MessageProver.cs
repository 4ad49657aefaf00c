using System.IO;
using System.Net;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Messages;

/// <summary>Proves one message: signatures, SPF, DMARC, ARC, what others recorded, and what it all means.</summary>
internal sealed class MessageProver(MessageOctets message, MessageRequest request, IDnsResolver resolver)
{
    private readonly IDnsResolver _resolver = resolver;
    private readonly DmarcTreeWalker _walker = new DmarcTreeWalker(resolver);

    private MessageHeader Header => message.Header;

    /// <summary>
    /// Reads the message from the stream, which stays open. Octets of an Outlook item give its header; one that cannot go
    /// back is read into memory.
    /// </summary>
    /// <param name="stream">The copy.</param>
    /// <param name="request">What is known of it.</param>
    /// <param name="resolver">Answers for keys and policies.</param>
    /// <param name="judge">Adds what the facts mean to others: the platform's profile.</param>
    /// <param name="deadline">Bounds the evaluation of SPF (RFC 7208 section 4.6.4).</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MessageException">It is not a message, or too large.</exception>
    public static async Task<MailMessageResult> ProveAsync(
        Stream stream,
        MessageRequest request,
        IDnsResolver resolver,
        Func<MessageFacts, CheckSheet, Task> judge,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        using MessageOctets message = MessageSource.Open(stream, cancellationToken);
        MessageFacts facts = await new MessageProver(message, request, resolver).RunAsync(deadline, cancellationToken).ConfigureAwait(false);
        var sheet = new CheckSheet(facts.Author?.Text ?? "(no author)");
        MessageRules.Apply(facts, sheet);
        await judge(facts, sheet).ConfigureAwait(false);
        return facts.ToResult(sheet);
    }

    private async Task<MessageFacts> RunAsync(CancellationToken deadline, CancellationToken cancellationToken)
    {
        var facts = new MessageFacts(message, request) { Author = ReadAuthor(out string? authorFault), AuthorFault = authorFault };
        SpfInput? input = SpfInput.Find(Header, request, facts.Boundary, facts.Fields, out string whyNoSpf);
        Task<SpfResult?> spfTask = CheckSpfAsync(input, deadline, cancellationToken);
        Task<DmarcDiscovery?> discoveryTask = DiscoverAsync(facts.Author, cancellationToken);
        using var verifier = new SignatureVerifier(message, _resolver, request.Ed25519);
        IReadOnlyList<SignatureTags> signatures = DkimVerifier.Read(Header);
        IReadOnlyCollection<SignatureTags> chosen = DkimVerifier.Choose(signatures, facts.Author);
        foreach (SignatureTags signature in chosen)
            verifier.Register(signature, cancellationToken);

        ArcVerifier? arc = ArcVerifier.Read(Header);
        arc?.Register(verifier, cancellationToken);
        verifier.ReadBody(cancellationToken);

        var dkim = new List<DkimSignatureResult>(signatures.Count);
        foreach (SignatureTags signature in signatures)
        {
            dkim.Add(chosen.Contains(signature)
                ? await DkimVerifier.ConcludeAsync(verifier, signature, request.Now, facts.Boundary.Received?.Date, facts.TopmostDate).ConfigureAwait(false)
                : DkimVerifier.Leave(signature, signatures.Count));
        }

        facts.Dkim = dkim;
        facts.Verified = chosen.Count;
        facts.Arc = arc is null ? ArcResult.Nothing : await arc.ConcludeAsync(verifier).ConfigureAwait(false);
        CopyRepairer.Repair(message, verifier, dkim, cancellationToken);
        facts.Spf = await spfTask.ConfigureAwait(false);
        facts.SpfInput = input;
        facts.WhyNoSpf = whyNoSpf;
        facts.Discovery = await discoveryTask.ConfigureAwait(false);
        await AlignAsync(facts, cancellationToken).ConfigureAwait(false);
        MessageDmarc.Conclude(facts);
        facts.ReadClaims();
        return facts;
    }

    // RFC 9989 section 5.3.1: one From field, and one domain in it.
    private DomainName? ReadAuthor(out string? fault)
    {
        int[] fields = Header.Find("from").Take(2).ToArray();
        if (fields.Length != 1)
        {
            fault = fields.Length == 0 ? "the message has no From field" : "the message has " + Header.CountOf("from") + " From fields";
            return null;
        }

        IReadOnlyList<string> addresses = AuthorReader.Addresses(Header.Text(fields[0]));
        DomainName?[] domains = addresses.Select(AuthorReader.DomainOf).Distinct().ToArray();
        fault = domains.Length switch
        {
            0 => "From has no address",
            1 when domains[0] is null => "From has no address with a valid domain (" + PrintableText.Quote(addresses[0]) + ")",
            1 => null,
            _ when domains.Contains(null) => "not every address in From has a valid domain",
            _ => "From names " + domains.Length + " domains (" + string.Join(", ", domains.Take(3).Select(domain => domain!.ToString())) + ")",
        };
        return fault is null ? domains[0] : null;
    }

    private async Task<SpfResult?> CheckSpfAsync(SpfInput? input, CancellationToken deadline, CancellationToken cancellationToken) =>
        input is null ? null : await SpfEvaluator.CheckHostAsync(input.Query, _resolver, SpfLimits.Default, deadline, cancellationToken).ConfigureAwait(false);

    private async Task<DmarcDiscovery?> DiscoverAsync(DomainName? author, CancellationToken cancellationToken) =>
        author is null ? null : await DmarcDiscovery.RunAsync(author, _walker, _resolver, suffixes: null, cancellationToken).ConfigureAwait(false);

    private async Task AlignAsync(MessageFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Discovery is not { } discovery) return;

        DmarcRecord? record = discovery.Selection.Record;
        foreach (DkimSignatureResult signature in facts.Dkim.Where(signature => signature.Verdict.Tags.Domain is not null && signature.Result != AuthenticationResultCode.Policy))
            signature.Aligned = await AlignAsync(discovery, signature.Verdict.Tags.Domain!, record?.DkimAlignment, cancellationToken).ConfigureAwait(false);

        if (facts.Spf is { } spf && facts.SpfInput!.CountsForDmarc)
        {
            facts.SpfAligned = DomainName.TryParse(spf.Domain, out DomainName? domain, out _)
                ? await AlignAsync(discovery, domain!, record?.SpfAlignment, cancellationToken).ConfigureAwait(false)
                : false;
        }
    }

    // RFC 9989 sections 4.4.1 and 4.4.2: the same domain, or with relaxed alignment the same Organizational Domain.
    private async Task<bool?> AlignAsync(DmarcDiscovery discovery, DomainName identifier, DmarcAlignmentMode? mode, CancellationToken cancellationToken)
    {
        if (identifier.Equals(discovery.Domain)) return true;
        if (mode == DmarcAlignmentMode.Strict) return false;

        DmarcTreeWalk other = await _walker.WalkAsync(identifier, cancellationToken).ConfigureAwait(false);
        bool? same = DmarcTreeWalk.HaveSameOrganizationalDomain(discovery.Walk, other);

        // While the record is not known, neither is whether it asks for strict alignment.
        return same == true && mode is null && discovery.Selection.Outcome == DmarcOutcome.Unknown ? null : same;
    }
}

/// <summary>What is known of a message beside its octets, and with what it is judged.</summary>
internal sealed record MessageRequest
{
    /// <summary>Where the copy lies, for people; null for text.</summary>
    public string? Path { get; init; }

    /// <summary>The address of the client that delivered it; null where nobody told.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>MAIL FROM; empty for the null reverse-path, null where nobody told.</summary>
    public string? Sender { get; init; }

    /// <summary>The HELO name; null where nobody told.</summary>
    public string? Helo { get; init; }

    /// <summary>The receiving hosts that are believed, and all names below them.</summary>
    public IReadOnlyList<DomainName> TrustedHosts { get; init; } = Array.Empty<DomainName>();

    /// <summary>The time of verification.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gives the verifier of Ed25519 signatures when one is needed.</summary>
    public required Func<IEd25519Verifier> Ed25519 { get; init; }
}

/// <summary>
/// Where the body of a copy is not as it was signed: undoes what programs are known to do to copies, and sees whether the
/// body is then as it was signed. A hash that matches is proof of what was changed; one that does not proves nothing.
/// </summary>
internal static class CopyRepairer
{
    // Added lines are looked for in bodies up to this size: each number of lines is a hash of the whole.
    private const long MaxFooterBody = 4 << 20;

    public static void Repair(MessageOctets message, SignatureVerifier verifier, IReadOnlyList<DkimSignatureResult> results, CancellationToken cancellationToken)
    {
        DkimSignatureResult[] failed = results.Where(result => result.BodyMatches == false && result.SignatureMatches == true).ToArray();
        if (failed.Length == 0) return;

        var attempts = new List<(DkimSignatureResult Result, BodyDigest Digest, LineRepairer? Repairer, int Lines)>();
        var consumers = new List<BodyConsumer>();
        var canonicalizers = new List<BodyCanonicalizer>();
        foreach (bool relaxed in new[] { true, false })
        {
            DkimSignatureResult[] group = failed.Where(result => result.Verdict.Tags.RelaxedBody == relaxed).ToArray();
            if (group.Length == 0) continue;

            foreach (LineRepair repair in new[] { LineRepair.MboxFrom, LineRepair.DoubleReturn, LineRepair.DoubleDot })
            {
                var canonicalizer = new BodyCanonicalizer(relaxed);
                var repairer = new LineRepairer(repair, canonicalizer);
                canonicalizers.Add(canonicalizer);
                consumers.Add(repairer);
                attempts.AddRange(group.Select(result => (result, canonicalizer.Digest(result.Verdict.Tags.Length ?? long.MaxValue), (LineRepairer?)repairer, 0)));
            }

            BodyCanonicalizer known = verifier.Canonicalizer(group[0].Verdict.Tags);
            if (known.Length <= MaxFooterBody)
            {
                var canonicalizer = new BodyCanonicalizer(relaxed);
                canonicalizers.Add(canonicalizer);
                consumers.Add(canonicalizer);
                attempts.AddRange(known.EndsBeforeLast().SelectMany((end, lines) => group.Select(result => (result, canonicalizer.Digest(end), (LineRepairer?)null, lines + 1))));
            }
        }

        message.ReadBody(consumers, cancellationToken);
        foreach ((DkimSignatureResult result, BodyDigest digest, LineRepairer? repairer, int lines) in attempts)
        {
            if (result.Repair is null && repairer?.Changed != 0 && digest.Value.SequenceEqual(result.Verdict.Tags.BodyHash))
            {
                result.Repair = repairer is null ? Added(lines) : Describe(repairer);
                result.Reason += " It verifies once one change to this copy is undone: " + result.Repair + ".";
            }
        }

        foreach (BodyCanonicalizer canonicalizer in canonicalizers)
            canonicalizer.Dispose();
    }

    private static string Describe(LineRepairer repairer) => repairer.Repair switch
    {
        LineRepair.MboxFrom => "lines that begin with \">From \" began with \"From \" (an mbox file changes them)",
        LineRepair.DoubleReturn => "lines that end in CR CR LF ended in CR LF (a transfer in text mode changes them)",
        _ => "lines that begin with two dots began with one (SMTP doubles them)",
    };

    private static string Added(int lines) => lines == 1
        ? "the last line of text was added after signing (a footer)"
        : "the last " + lines + " lines of text were added after signing (a footer)";
}
