namespace MailDns.MailReports;

/// <summary>The class of a source, and in words why.</summary>
internal static class SourceClassifier
{
    /// <summary>Share of one's own mail that must pass, by each of DKIM and SPF, to be called so.</summary>
    public const double Share = 0.98;

    public static void Classify(DmarcSource source, SourceEntry entry)
    {
        source.Class = ClassOf(source, entry.Key.Tie);
        source.Reason = ReasonOf(source);
    }

    /// <summary>The order in which people read: what needs no attention first, so that at the prompt the worst comes last.</summary>
    public static int Rank(DmarcSourceClass value) => value switch
    {
        DmarcSourceClass.OwnPassing => 0,
        DmarcSourceClass.Forwarder => 1,
        DmarcSourceClass.TemporaryError => 2,
        DmarcSourceClass.Unknown => 3,
        DmarcSourceClass.OwnFragile => 4,
        DmarcSourceClass.ServiceUnaligned => 5,
        _ => 6,
    };

    private static DmarcSourceClass ClassOf(DmarcSource source, SourceTie tie) => tie switch
    {
        SourceTie.Service => DmarcSourceClass.ServiceUnaligned,
        SourceTie.Forwarded => DmarcSourceClass.Forwarder,
        SourceTie.TemporaryError => DmarcSourceClass.TemporaryError,
        SourceTie.None => DmarcSourceClass.Unknown,
        _ => OwnClass(source),
    };

    private static DmarcSourceClass OwnClass(DmarcSource source)
    {
        long judged = source.Messages - source.TemporaryErrors;
        if (judged <= 0) return source.Messages == 0 ? DmarcSourceClass.OwnPassing : DmarcSourceClass.TemporaryError;
        if (source.Passed < judged * Share) return DmarcSourceClass.OwnFailing;

        return source.DkimAligned < judged * Share || source.SpfAligned < judged * Share ? DmarcSourceClass.OwnFragile : DmarcSourceClass.OwnPassing;
    }

    private static string ReasonOf(DmarcSource source)
    {
        long judged = source.Messages - source.TemporaryErrors;
        switch (source.Class)
        {
            case DmarcSourceClass.OwnPassing:
                return "Own mail; DKIM and SPF pass.";
            case DmarcSourceClass.OwnFragile when source.DkimAligned < judged * Share && source.SpfAligned >= judged * Share:
                return "Own mail that passes by SPF alone: once it is forwarded, it fails.";
            case DmarcSourceClass.OwnFragile when source.DkimAligned >= judged * Share:
                return "Own mail that passes by DKIM alone.";
            case DmarcSourceClass.OwnFragile:
                return "Own mail that passes partly by DKIM, partly by SPF.";
            case DmarcSourceClass.OwnFailing:
                return "Own mail, and " + Number(source.Failed) + " of " + Number(judged) + " messages fail.";
            case DmarcSourceClass.ServiceUnaligned:
                return source.Passed > 0
                    ? "A known platform; " + Number(source.Failed) + " of " + Number(source.Messages) + " messages do not authenticate as " + source.Domain + "."
                    : "A known platform that does not authenticate as " + source.Domain + ".";
            case DmarcSourceClass.Forwarder:
                return source.Failed == 0 ? "Forwarded mail whose DKIM signature holds." : "Forwarded mail or a mailing list; " + Number(source.Failed) + " messages fail, which the sender cannot mend.";
            case DmarcSourceClass.TemporaryError:
                return "Lookups of receivers failed; this is neither a pass nor a failure.";
            default:
                return source.Passed > 0
                    ? "Nothing in DNS ties it to " + source.Domain + ", though receivers passed " + Number(source.Passed) + " messages."
                    : "Nothing ties it to " + source.Domain + ": a forgotten sender, or someone who pretends.";
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
