using System.Net;
using MailDns.Spf;

namespace MailDns;

/// <summary>The result of check_host() (RFC 7208 section 4): what a receiver makes of a client that sends for a domain.</summary>
public sealed class SpfResult
{
    private readonly IReadOnlyList<SpfTraceEntry> _trace;
    private readonly SpfVerdict _verdict;
    private string[]? _traceTexts;

    internal SpfResult(SpfQuery query, SpfVerdict verdict, string? explanation, int lookupCount, int voidLookupCount, IReadOnlyList<SpfTraceEntry> trace)
    {
        _verdict = verdict;
        _trace = trace;
        Domain = PrintableText.Escape(query.Domain);
        IPAddress = query.IPAddress;
        Sender = PrintableText.Escape(query.Sender);
        Helo = PrintableText.Escape(query.Helo);
        Result = verdict.Result;
        Explanation = explanation;
        LookupCount = lookupCount;
        VoidLookupCount = voidLookupCount;
    }

    /// <summary>The domain that was checked.</summary>
    public string Domain { get; }

    /// <summary>The client's address.</summary>
    public IPAddress IPAddress { get; }

    /// <summary>The sender, with postmaster put in where there was no local-part.</summary>
    public string Sender { get; }

    /// <summary>The HELO or EHLO name; empty where none was given.</summary>
    public string Helo { get; }

    /// <summary>The result.</summary>
    public SpfResultCode Result { get; }

    /// <summary>The explanation that the domain publishes for a Fail; null where there is none (RFC 7208 section 6.2).</summary>
    public string? Explanation { get; }

    /// <summary>The term that matched, or at which the evaluation ended, as it is spelt; null where no term decided.</summary>
    public string? Mechanism => _verdict.Term is null ? null : PrintableText.Escape(_verdict.Term.Text);

    /// <summary>The domain whose record holds that term; null where no record was read.</summary>
    public string? MechanismDomain => _verdict.Frame?.Domain.ToString();

    /// <summary>Where the term stands: the checked domain, then each include and redirect that leads to it.</summary>
    public string[] Path
    {
        get
        {
            var path = new List<string>();
            SpfFrame? frame = _verdict.Frame;
            for (; frame is not null; frame = frame.Parent)
                path.Insert(0, frame.Term is null ? frame.Domain.ToString() : PrintableText.Escape(frame.Term.Text));

            return path.ToArray();
        }
    }

    /// <summary>Terms evaluated that count against the limit of ten (RFC 7208 section 4.6.4).</summary>
    public int LookupCount { get; }

    /// <summary>Lookups without an answer; the limit is two (RFC 7208 section 4.6.4).</summary>
    public int VoidLookupCount { get; }

    /// <summary>Why the result is None, TempError or PermError; null for the others.</summary>
    public string? Problem => _verdict.Problem;

    /// <summary>Each step of the evaluation, in order.</summary>
    public string[] Trace => _traceTexts ??= _trace.Select(entry => entry.ToString()).ToArray();

    /// <summary>The result and what decided it.</summary>
    public override string ToString() =>
        Result + (Mechanism is null ? string.Empty : " (" + Mechanism + ")") + (Problem is null ? string.Empty : ": " + Problem);
}
