using StaticNet;
using XorSample;

float[] questions = [0, 0, 0, 1, 1, 0, 1, 1];
float[] answers = [0, 1, 1, 0];

using var xor = new XorNetwork(seed: 1);
var optimizer = new Adam(0.05);
for (var step = 1; step <= 400; step++)
{
    var loss = xor.TrainStep(questions, answers, optimizer);
    if (step % 50 == 0)
    {
        Console.WriteLine(FormattableString.Invariant($"step {step,3}: loss {loss:F6}"));
    }
}

var probabilities = new float[4];
xor.Predict(questions, probabilities);
Console.WriteLine();
for (var i = 0; i < 4; i++)
{
    Console.WriteLine(FormattableString.Invariant(
        $"{questions[2 * i]} xor {questions[(2 * i) + 1]} is 1 with probability {probabilities[i]:F4}; right is {answers[i]}"));
}
