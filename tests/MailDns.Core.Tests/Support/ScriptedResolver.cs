using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Core.Tests.Support;

/// <summary>Answers what a function says, and remembers the questions.</summary>
internal sealed class ScriptedResolver(Func<DnsQuestion, CancellationToken, Task<DnsResponse>> answer) : IDnsResolver
{
    private readonly List<DnsQuestion> _questions = [];

    public ScriptedResolver(Func<DnsQuestion, DnsResponse> answer)
        : this((question, _) => Task.FromResult(answer(question)))
    {
    }

    public IReadOnlyList<DnsQuestion> Questions
    {
        get
        {
            lock (_questions)
                return _questions.ToArray();
        }
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        lock (_questions)
            _questions.Add(question);
        return answer(question, cancellationToken);
    }
}
