namespace MailDns.Messages;

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
