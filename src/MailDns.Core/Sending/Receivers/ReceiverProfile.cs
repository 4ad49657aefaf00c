namespace MailDns.Sending;

/// <summary>What one receiver asks of senders, with the page that says so.</summary>
internal sealed class ReceiverProfile
{
    private readonly List<ReceiverRequirement> _requirements = new();
    private readonly string _token;
    private readonly string _source;

    /// <param name="receiver">The receiver.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="scope">Whom its requirements bind.</param>
    /// <param name="source">The page that publishes them.</param>
    public ReceiverProfile(MailReceiver receiver, string name, string scope, string source)
    {
        Receiver = receiver;
        Name = name;
        Scope = scope;
        _token = "MBP-" + receiver.ToString().ToUpperInvariant() + "-";
        _source = source;
        Summary = new CheckDefinition(
            _token + "READY",
            CheckArea.Receiver,
            CheckSeverity.Information,
            CheckNeeds.Dns,
            title: "What " + name + " asks for and DNS shows",
            finding: name + ": {k} of {n} requirements that DNS shows are met.",
            recommendation: "See the requirements one by one.",
            source);
    }

    public MailReceiver Receiver { get; }

    public string Name { get; }

    public string Scope { get; }

    /// <summary>How many requirements are met.</summary>
    public CheckDefinition Summary { get; }

    public IReadOnlyList<ReceiverRequirement> Requirements => _requirements;

    /// <summary>The checks, the summary first.</summary>
    public IEnumerable<CheckDefinition> Checks => new[] { Summary }.Concat(_requirements.Select(requirement => requirement.Check));

    /// <summary>Adds what mail is refused or filed as spam without.</summary>
    /// <param name="token">The end of the check's id.</param>
    /// <param name="need">What is looked at.</param>
    /// <param name="title">What is asked for, as a title.</param>
    /// <param name="recommendation">What to do.</param>
    /// <param name="source">The page that says so, where it is not the receiver's own.</param>
    public ReceiverProfile Requires(string token, ReceiverNeed need, string title, string recommendation, string? source = null) =>
        Add(token, need, CheckSeverity.Error, title, Name + " requires it (" + Scope + "): {why}.", recommendation, source);

    /// <summary>Adds what the receiver advises.</summary>
    public ReceiverProfile Advises(string token, ReceiverNeed need, string title, string recommendation) =>
        Add(token, need, CheckSeverity.Warning, title, Name + " advises it: {why}.", recommendation);

    /// <summary>Adds what the receiver asks for and DNS cannot show.</summary>
    public ReceiverProfile AlsoAsks(string token, string title, string recommendation) =>
        Add(token, ReceiverNeed.NotInDns, CheckSeverity.Information, title, "DNS cannot show this: " + title + ".", recommendation);

    private ReceiverProfile Add(string token, ReceiverNeed need, CheckSeverity severity, string title, string finding, string recommendation, string? source = null)
    {
        var check = new CheckDefinition(_token + token, CheckArea.Receiver, severity, CheckNeeds.Dns, title, finding, recommendation, source ?? _source);
        _requirements.Add(new ReceiverRequirement(Receiver, need, check));
        return this;
    }
}
