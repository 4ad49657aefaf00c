using MailDns.Adapters;

namespace MailDns;

/// <summary>Base of every cmdlet that asks DNS, a zone file, or planned records laid over either.</summary>
public abstract class ResolvingCmdlet : MailDnsCmdlet
{
    private ResolverStack? _stack;
    private IDnsResolver? _source;
    private IDnsResolver? _resolver;

    /// <summary>
    /// DNS servers to ask, as <c>address[:port]</c>, IPv6 in brackets; default: the system's resolvers. No other server is
    /// ever asked in their place.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Server { get; set; }

    /// <summary>Seconds that one question may take, all tries together; default 5.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSec { get; set; } = 5;

    /// <summary>How often an unanswered question is sent again within that time; default 3.</summary>
    [Parameter]
    [ValidateRange(0, 10)]
    public int Retry { get; set; } = 3;

    /// <summary>Answer from these zone files (RFC 1035 master files) and no network at all. A name outside them is Unknown.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ZoneFile { get; set; }

    /// <summary>Records laid over DNS (or over -ZoneFile) before checking, as if they were published.</summary>
    [Parameter]
    [ResourceRecordArgument]
    [ValidateNotNull]
    public ResourceRecord[]? PlannedRecord { get; set; }

    /// <summary>The resolvers, put together from the parameters at first use and shared by the whole pipeline.</summary>
    private protected IDnsResolver Resolver => PrepareResolver();

    /// <summary>What is asked, before planned records and aliases: for those who put servers of their own in front of it.</summary>
    private protected IDnsResolver Source
    {
        get
        {
            PrepareResolver();
            return _source!;
        }
    }

    /// <summary>Puts resolvers together for those who need more than one.</summary>
    private protected ResolverStack Stack => _stack ??= new ResolverStack(this);

    /// <summary>True when the user named where to look.</summary>
    private protected bool HasSource => Server is not null || ZoneFile is not null || PlannedRecord is not null;

    /// <summary>The domains asked about, as far as they are known when the resolvers are put together.</summary>
    internal virtual IReadOnlyList<DomainName> AskedDomains
    {
        get
        {
            // Where the zone is named, it is what a file is probably of.
            object? bound = MyInvocation.BoundParameters.TryGetValue("ZoneName", out object? value) || MyInvocation.BoundParameters.TryGetValue("Domain", out value) ? value : null;
            IEnumerable<string> texts = bound as IEnumerable<string> ?? (bound is string one ? new[] { one } : Array.Empty<string>());
            return texts.Select(text => DomainName.TryParse(text, out DomainName? name, out _) ? name : null).OfType<DomainName>().ToArray();
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _stack?.Dispose();
    }

    /// <summary>Says the questions that were asked since the last time, where -Verbose wants them.</summary>
    private protected override void WriteProgressOfWork() => _stack?.WriteQuestions();

    /// <summary>Builds the resolvers; a server address that is none or a broken zone file ends the cmdlet.</summary>
    private protected IDnsResolver PrepareResolver()
    {
        if (_resolver is not null) return _resolver;

        try
        {
            _source = Stack.BuildSource();
            return _resolver = Stack.Complete(_source);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or SessionStateException or System.IO.IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, (object?)ZoneFile ?? Server));
            throw;
        }
    }
}
